package dev.errand.server.wiring;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.task.Tasks;
import dev.errand.server.config.Settings;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.mcp.McpDoor;
import dev.errand.server.mcp.McpTools;
import dev.errand.server.mcp.TaskAnswers;
import dev.errand.server.mcp.TaskTools;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.research.SomethingToRead;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskRenderer;
import dev.errand.server.task.TaskWaiter;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The door for language models.
@Configuration(proxyBeanMethods = false)
public class Mcp {
  @Bean
  TaskTools taskTools(
      Tasks tasks,
      Submitting submitting,
      SomethingToRead somethingToRead,
      TaskWaiter waiter,
      LiveStreams streams,
      TaskRenderer renderer,
      Artifacts artifacts,
      JsonMapper json) {
    return new TaskTools(
        tasks,
        submitting,
        somethingToRead,
        new TaskTools.Waiting(waiter, streams),
        new TaskAnswers(renderer, artifacts, json));
  }

  @Bean
  McpDoor mcpDoor(
      Handlers handlers,
      TaskTools tasks,
      Settings settings,
      InstantSource clock,
      ProblemWriter problems,
      JsonMapper json) {
    return new McpDoor(
        new McpTools(handlers, tasks, json), settings.access().origins(), clock, problems, json);
  }

  @Bean
  ServletRegistrationBean<McpDoor> mcpServlet(McpDoor door) {
    return new ServletRegistrationBean<>(door, "/mcp");
  }
}
