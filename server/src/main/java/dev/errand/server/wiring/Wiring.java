package dev.errand.server.wiring;

import dev.errand.server.config.NodeRole;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/// Which parts make a server.
public final class Wiring {
  /// HTTP, and everything that is kept and decided: what every node has.
  private static final List<Class<?>> EVERY_NODE =
      List.of(
          Web.class,
          Stores.class,
          Types.class,
          Engine.class,
          BackgroundLoops.class,
          Tokens.class,
          WebhookDeliveries.class);

  private static final List<Class<?>> API =
      List.of(Doors.class, CompatDoors.class, Access.class, LiveEvents.class, Mcp.class);
  private static final List<Class<?>> WORKER = List.of(WorkerSettings.class, Work.class);

  private Wiring() {}

  /// What a server of `role` consists of.
  public static List<Class<?>> partsFor(NodeRole role) {
    return Stream.of(
            EVERY_NODE,
            role == NodeRole.WORKER ? List.<Class<?>>of() : API,
            role == NodeRole.API ? List.<Class<?>>of() : WORKER)
        .flatMap(List::stream)
        .toList();
  }

  static <F extends Filter> FilterRegistrationBean<F> filter(int order, F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
