package dev.errand.server;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.task.TaskId;
import dev.errand.handlers.generate.Author;
import dev.errand.handlers.generate.BlogPostHandler;
import dev.errand.handlers.generate.BriefHandler;
import dev.errand.handlers.model.LangChainModel;
import dev.errand.server.config.Settings;
import dev.errand.server.security.TaskTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// A test server with the seeds' doors and types. Whoever sends `X-Test-User` is that user.
final class SeedServer {
  static final String CURRENT_KEY = "sig_0123456789abcdef0123456789abcdef";
  static final String NEXT_KEY = "sig_fedcba9876543210fedcba9876543210";

  private SeedServer() {}

  /// One for all tests that leave nothing behind which could disturb another one.
  static TestServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final TestServer SERVER = start(Map.of());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }

  static TestServer start(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("QSTASH_CURRENT_SIGNING_KEY", CURRENT_KEY);
    variables.put("QSTASH_NEXT_SIGNING_KEY", NEXT_KEY);
    variables.putIfAbsent("LLM_PROVIDER", "openai");
    variables.putIfAbsent("LLM_MODEL", "test");
    variables.putIfAbsent("LLM_API_KEY", "secret");
    variables.putIfAbsent("LLM_BASE_URL", "http://127.0.0.1:9/v1");
    return TestServer.start(variables, Types.class);
  }

  /// A call of an ordinary user's.
  static HttpRequest.Builder as(String user, TestServer server, String path) {
    return server.request(path).header("X-Test-User", user);
  }

  static HttpRequest.Builder post(String user, TestServer server, String path, String json) {
    return as(user, server, path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  static String tokenFor(TestServer server, String task) {
    return server
        .part(TaskTokens.class)
        .issue(TaskId.parse(task).orElseThrow(), Duration.ofMinutes(1));
  }

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    Handlers handlers(Settings settings, Json json) {
      Author author = new Author(settings.model().map(LangChainModel::new));
      List<Handler<?>> handlers = new ArrayList<>();
      handlers.add(new TestTypes.Say());
      handlers.add(new TestTypes.Page("fetch_url"));
      handlers.add(new TestTypes.Page("search"));
      handlers.add(new TestTypes.Page("search_batch"));
      handlers.add(new Research());
      handlers.add(new BlogPostHandler(author, Optional.empty(), json));
      handlers.addAll(BriefHandler.all(author));
      return new Handlers(handlers);
    }

    @Bean
    FilterRegistrationBean<Filter> testUser() {
      FilterRegistrationBean<Filter> filter =
          new FilterRegistrationBean<>((request, response, chain) -> {
            String user = ((HttpServletRequest) request).getHeader("X-Test-User");
            if (user != null && request.getAttribute(Caller.class.getName()) != null) {
              request.setAttribute(Caller.class.getName(), new Caller(user, Caller.Role.USER));
            }
            chain.doFilter(request, response);
          });
      filter.setOrder(6);
      return filter;
    }
  }

  record Prompt(String prompt, Optional<List<String>> urls) {
    Prompt {
      new InvalidParams.Check().that(!prompt.isBlank(), "/prompt", "must say something").orThrow();
    }
  }

  /// Stands where the real one does; a test is its worker.
  record Research() implements Handler<Prompt> {
    @Override
    public String type() {
      return "research";
    }

    @Override
    public Class<Prompt> paramsType() {
      return Prompt.class;
    }

    @Override
    public List<String> steps() {
      return List.of("plan", "find");
    }

    @Override
    public Object handle(Prompt prompt, Attempt attempt) {
      return Map.of("answer", prompt.prompt());
    }
  }
}
