package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.ApiDescription.Operation;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.wiring.Types;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/// The API's description is true: it names what there is, and every example in it works.
class OpenApiTest {
  private static TestServer server;
  private static ApiDescription description;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), Types.class);
    description = ApiDescription.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void every_door_is_described_and_everything_described_is_a_door() {
    Set<String> described =
        description.operations().stream()
            .map(one -> one.method() + " " + anonymous(one.path()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(described).isEqualTo(doors());
  }

  private static Set<String> doors() {
    return server.part(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
        .flatMap(OpenApiTest::calls)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> calls(RequestMappingInfo door) {
    return door.getPatternValues().stream()
        .flatMap(path ->
            door.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .map(method -> method + " " + anonymous(path)));
  }

  private static String anonymous(String path) {
    return path.replaceAll("\\{\\w+}", "{}");
  }

  @Test
  void every_example_is_answered_as_described() {
    ApiScene scene = new ApiScene(server);
    List<String> wrong = new ArrayList<>();
    for (Operation operation : description.operations()) {
      for (HttpRequest.Builder call : calls(operation, scene)) {
        Answer answer = server.send(call);
        objections(operation, answer).forEach(one -> wrong.add(operation + " " + one));
      }
    }

    assertThat(wrong).isEmpty();
  }

  /// One call for each example of a body and each kind of answer that can be asked for.
  private static List<HttpRequest.Builder> calls(Operation operation, ApiScene scene) {
    List<HttpRequest.Builder> calls = new ArrayList<>();
    String query =
        operation.parameters("query").stream()
            .filter(parameter -> parameter.has("example"))
            .map(one -> one.path("name").asString() + "=" + one.path("example").asString())
            .collect(Collectors.collectingAndThen(Collectors.joining("&"), scene::filled));
    for (JsonNode example : operation.bodies()) {
      String body = scene.body(example);
      calls.add(
          request(operation, scene, query, body)
              .header("Content-Type", "application/json")
              .method(operation.method(), BodyPublishers.ofString(body)));
    }
    if (!operation.takesBody()) {
      for (String accept :
          operation.response(operation.expected()).path("content").propertyNames()) {
        calls.add(
            request(operation, scene, query, "")
                .header("Accept", accept)
                .method(
                    scene.endless(operation, accept) ? "HEAD" : operation.method(),
                    BodyPublishers.noBody()));
      }
    }
    if (calls.isEmpty()) {
      calls.add(
          request(operation, scene, query, "")
              .method(operation.method(), BodyPublishers.noBody()));
    }
    return calls;
  }

  private static HttpRequest.Builder request(
      Operation operation, ApiScene scene, String query, String body) {
    String path = scene.path(operation);
    HttpRequest.Builder request = server.request(path + "?" + query);
    scene
        .token(operation, path + body)
        .ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
    return request;
  }

  private static List<String> objections(Operation operation, Answer answer) {
    if (answer.status() != operation.expected()) {
      return List.of("is answered with " + answer.status() + ": " + answer.body());
    }
    List<String> wrong =
        new ArrayList<>(
            operation.objections(answer.status(), answer.header("Content-Type"), answer.body()));
    operation
        .response(answer.status())
        .path("headers")
        .properties()
        .forEach(header -> {
          boolean required = description.resolved(header.getValue()).path("required").asBoolean();
          if (required && answer.header(header.getKey()).isEmpty()) {
            wrong.add("has no " + header.getKey());
          }
        });
    return wrong;
  }

  @Test
  void every_example_is_what_its_schema_says() {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : description.operations()) {
      check(operation + " takes", operation.json().at("/requestBody/content"), false, wrong);
      operation
          .json()
          .path("responses")
          .properties()
          .forEach(response ->
              check(
                  operation + " answers " + response.getKey(),
                  description.resolved(response.getValue()).path("content"),
                  true,
                  wrong));
      Stream.of("path", "query", "header")
          .flatMap(in -> operation.parameters(in).stream())
          .filter(parameter -> parameter.has("example"))
          .forEach(one ->
              description
                  .violations(
                      operation + " " + one.path("name").asString(),
                      one.path("schema"),
                      one.path("example"),
                      true)
                  .forEach(wrong::add));
    }

    assertThat(wrong).isEmpty();
  }

  private static void check(String what, JsonNode content, boolean answer, List<String> wrong) {
    content
        .properties()
        .forEach(media ->
            ApiDescription.examples(media.getValue()).stream()
                .flatMap(example ->
                    description.violations(
                        what + media.getKey(), media.getValue().path("schema"), example, answer))
                .map(violation -> what + ": " + violation)
                .forEach(wrong::add));
  }

  @Test
  void every_operation_has_a_name_a_section_and_a_body_to_try() {
    List<String> sections =
        description.document().path("tags").valueStream().map(OpenApiTest::name).toList();

    assertThat(description.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    assertThat(description.operations())
        .allSatisfy(operation -> {
          assertThat(operation.id()).isNotEmpty();
          assertThat(operation.json().path("summary").asString()).isNotEmpty();
          assertThat(operation.json().at("/tags/0").asString()).isIn(sections);
          assertThat(operation.json().path("responses").has("default")).isTrue();
          assertThat(operation.bodies().isEmpty()).isEqualTo(!operation.takesBody());
        });
  }

  private static String name(JsonNode named) {
    return named.path("name").asString();
  }

  @Test
  void every_reference_leads_somewhere() {
    assertThat(description.document().findValues("$ref"))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(description.document().at(reference.asString().substring(1)).isMissingNode())
                .as(reference.asString())
                .isFalse());
  }

  @Test
  void the_page_for_people_needs_no_script_and_nothing_from_elsewhere() {
    Answer page = server.send(server.anonymous("/docs"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.body())
        .doesNotContainPattern("<script|<style|\\sstyle=|\\son\\w+=|(href|src)=\"[^#/]");
    assertThat(page.body()).contains("<html lang=\"en\">", "<main id=\"main\">", "<h1>");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    Answer style = server.send(server.anonymous("/docs/style.css"));
    assertThat(style.header("Content-Type")).isEqualTo("text/css;charset=UTF-8");
    assertThat(style.body()).contains("color-scheme: light dark", ":focus-visible");
  }

  @Test
  void the_page_for_people_has_every_operation_and_its_links_lead_somewhere() {
    String page = server.send(server.anonymous("/docs")).body();
    List<String> anchors = matches(page, "\\sid=\"([^\"]+)\"");

    assertThat(anchors)
        .doesNotHaveDuplicates()
        .containsAll(description.operations().stream().map(Operation::id).toList());
    assertThat(anchors).containsAll(matches(page, "href=\"#([^\"]+)\""));
  }

  private static List<String> matches(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
