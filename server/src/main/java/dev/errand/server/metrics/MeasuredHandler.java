package dev.errand.server.metrics;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.LeaseLost;
import dev.errand.server.metrics.TaskMeters.OfType;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Measures how long attempts take.
public final class MeasuredHandler<P> implements Handler<P> {
  private final Handler<P> handler;
  private final OfType meters;

  private MeasuredHandler(Handler<P> handler, OfType meters) {
    this.handler = handler;
    this.meters = meters;
  }

  /// The same handlers, measured.
  public static Handlers all(Handlers handlers, TaskMeters meters) {
    return new Handlers(
        handlers.types().stream()
            .map(handlers::forType)
            .flatMap(Optional::stream)
            .<Handler<?>>map(handler -> measured(handler, meters))
            .toList());
  }

  private static <P> Handler<P> measured(Handler<P> handler, TaskMeters meters) {
    return new MeasuredHandler<>(handler, meters.of(handler.type()));
  }

  @Override
  public Object handle(P params, Attempt attempt) throws Exception {
    long begun = System.nanoTime();
    Timer timer = meters.threw;
    try {
      Object result = handler.handle(params, attempt);
      timer = meters.returned;
      return result;
    } catch (InterruptedException | LeaseLost stopped) {
      timer = meters.interrupted;
      throw stopped;
    } finally {
      timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public String type() {
    return handler.type();
  }

  @Override
  public Class<P> paramsType() {
    return handler.paramsType();
  }

  @Override
  public List<String> steps() {
    return handler.steps();
  }

  @Override
  public void admit(P params, Caller caller) {
    handler.admit(params, caller);
  }
}
