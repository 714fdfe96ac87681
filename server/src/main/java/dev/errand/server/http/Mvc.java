package dev.errand.server.http;

import dev.errand.engine.access.Caller;
import dev.errand.engine.task.TaskId;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.problem.ProblemResolver;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.problem.Refusal;
import dev.errand.server.security.Identity;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Spring MVC as the doors need it, and no more of it.
@Configuration(proxyBeanMethods = false)
public class Mvc extends WebMvcConfigurationSupport {
  private final JsonBodies bodies;
  private final JsonMapper json;
  private final ProblemWriter problems;

  public Mvc(JsonBodies bodies, JsonMapper json, ProblemWriter problems) {
    this.bodies = bodies;
    this.json = json;
    this.problems = problems;
  }

  @Override
  protected void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(Argument.inRequest(Caller.class));
    resolvers.add(Argument.inRequest(Identity.class));
    resolvers.add(Argument.inRequest(Trace.class));
    resolvers.add(new Argument<>(TaskId.class, Mvc::taskInPath));
    resolvers.add(new Argument<>(ObjectNode.class, bodies::readObject));
  }

  /// Whatever a caller would rather have, it gets JSON: to refuse after the work is done would tell
  /// somebody that a task was not taken which was.
  @Override
  protected void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
    negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
  }

  @Override
  protected void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json));
  }

  @Override
  protected void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.add(new ProblemResolver(problems));
  }

  /// What is no id names no task.
  private static TaskId taskInPath(HttpServletRequest request) {
    Map<?, ?> variables =
        (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    String text = String.valueOf(variables.get("id"));
    return TaskId.parse(text)
        .orElseThrow(() ->
            Refusal.of(
                    HttpStatus.NOT_FOUND,
                    "task_not_found",
                    "There is no task \"%s\".".formatted(text))
                .refused());
  }
}
