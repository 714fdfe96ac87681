package dev.errand.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// How a door's method gets its parameters of type `type`.
record Argument<T>(Class<T> type, Reading<T> reading) implements HandlerMethodArgumentResolver {

  interface Reading<T> {
    T from(HttpServletRequest request) throws IOException;
  }

  /// What a filter has put into the request under the type's name.
  static <T> Argument<T> inRequest(Class<T> type) {
    return new Argument<>(
        type, request -> type.cast(Objects.requireNonNull(request.getAttribute(type.getName()))));
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == type;
  }

  @Override
  public T resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder)
      throws IOException {
    return reading.from(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
  }
}
