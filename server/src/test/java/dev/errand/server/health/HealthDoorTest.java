package dev.errand.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.errand.server.config.NodeRole;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HealthDoorTest {
  @Test
  void the_log_says_once_what_stops_working_and_once_what_works_again() {
    Logger logger = (Logger) LoggerFactory.getLogger(HealthDoor.class);
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(told);
    AtomicBoolean room = new AtomicBoolean(true);
    List<HealthCheck> checks =
        List.of(new HealthCheck("disk", room::get), new HealthCheck("database", () -> true));
    HealthDoor door = new HealthDoor(NodeRole.ALL, () -> checks);

    for (boolean now : List.of(true, false, false, true, true)) {
      room.set(now);
      door.ready();
    }
    logger.detachAppender(told);
    logger.setLevel(null);

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("Unavailable: disk", "Works again: disk");
  }
}
