package dev.errand.handlers.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// Reads from a record's own declaration what must be there: every component that is neither
/// `Optional` nor `@Nullable`.
final class RecordIntrospector extends JacksonAnnotationIntrospector {

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return component(member)
        .map(component -> !mayBeAbsent(component))
        .orElseGet(() -> super.hasRequiredMarker(config, member));
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return component(annotated)
        .map(RecordIntrospector::nulls)
        .orElseGet(() -> super.findSetterInfo(config, annotated));
  }

  private static JsonSetter.Value nulls(RecordComponent component) {
    return JsonSetter.Value.construct(
        mayBeAbsent(component) ? Nulls.SET : Nulls.FAIL,
        holdsNulls(component.getAnnotatedType()) ? Nulls.SET : Nulls.FAIL);
  }

  private static boolean mayBeAbsent(RecordComponent component) {
    return component.getType() == Optional.class || isNullable(component.getAnnotatedType());
  }

  /// Whether the elements of this collection or the values of this map may be null.
  private static boolean holdsNulls(AnnotatedType type) {
    if (!(type instanceof AnnotatedParameterizedType parameterized)) {
      return false;
    }
    AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
    AnnotatedType content = arguments[arguments.length - 1];
    return content.getType() == Object.class || isNullable(content);
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static Optional<RecordComponent> component(Annotated annotated) {
    return annotated instanceof AnnotatedMember member && member.getDeclaringClass().isRecord()
        ? componentOf(List.of(member.getDeclaringClass().getRecordComponents()), member)
        : Optional.empty();
  }

  private static Optional<RecordComponent> componentOf(
      List<RecordComponent> components, AnnotatedMember member) {
    if (member instanceof AnnotatedParameter parameter) {
      return components.stream().skip(parameter.getIndex()).findFirst();
    }
    return components.stream().filter(c -> c.getName().equals(member.getName())).findFirst();
  }
}
