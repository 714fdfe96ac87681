package dev.errand.server.wiring;

import dev.errand.engine.event.Feed;
import dev.errand.engine.event.History;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.Tasks;
import dev.errand.postgres.PostgresFeed;
import dev.errand.server.database.Database;
import dev.errand.server.event.EventsDoor;
import dev.errand.server.event.Followers;
import dev.errand.server.event.LiveStates;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.event.LogDoor;
import dev.errand.server.event.OwnEventsDoor;
import dev.errand.server.http.Tomcat;
import dev.errand.server.metrics.Meters;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Following tasks live.
@Configuration(proxyBeanMethods = false)
public class LiveEvents {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  /// The other connections are for those who ask and submit.
  private static final int MOST_FOLLOWERS = Tomcat.MAX_CONNECTIONS - 1_024;

  @Bean
  LiveStreams liveStreams() {
    return new LiveStreams(KEEP_ALIVE, MOST_FOLLOWERS);
  }

  @Bean
  Feed feed(Database database) {
    return new PostgresFeed(database.connections());
  }

  @Bean
  Followers followers(
      History history,
      Feed feed,
      Signals signals,
      LiveStreams streams,
      JsonMapper json,
      Meters meters) {
    return new Followers(history, feed, signals, streams, json).measuredBy(meters.registry());
  }

  @Bean
  LiveStates liveStates(TaskStore tasks, History history, Signals signals, LiveStreams streams) {
    return new LiveStates(tasks, history, signals, streams);
  }

  @Bean
  EventsDoor eventsDoor(Tasks tasks, History history, Followers followers, JsonMapper json) {
    return new EventsDoor(tasks, history, followers, json);
  }

  @Bean
  OwnEventsDoor ownEventsDoor(Feed feed, Followers followers, JsonMapper json) {
    return new OwnEventsDoor(feed, followers, json);
  }

  @Bean
  LogDoor logDoor(Tasks tasks, History history, Followers followers, JsonMapper json) {
    return new LogDoor(tasks, history, followers, json);
  }
}
