package dev.errand.testkit.memory;

import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.StoreUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls of the in-memory stores that end as if the process had died in them: before they did
/// anything or after they did everything.
final class Mortality {
  private int left = Integer.MAX_VALUE;
  private boolean done;
  private boolean died;
  private @Nullable Call unheard;
  private @Nullable Object lateAnswer;

  /// A write under a lease that is repeated at once is made once.
  private record Call(Method method, List<Object> arguments) {}

  void endsAt(int call, boolean afterwards) {
    left = call;
    done = afterwards;
    died = false;
  }

  boolean goesOn() {
    left = Integer.MAX_VALUE;
    boolean was = died;
    died = false;
    return was;
  }

  <T> T of(Class<T> type, T store) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answer(store, method, arguments)));
  }

  private @Nullable Object answer(Object store, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean dies = --left == 0;
    if (dies && store instanceof Hold hold) {
      hold.close();
    }
    if (dies && (!done || gives(method))) {
      throw death();
    }
    Call now = new Call(method, arguments == null ? List.of() : Arrays.asList(arguments));
    if (now.equals(unheard)) {
      unheard = null;
      return lateAnswer;
    }
    Object answer = call(store, method, arguments);
    if (dies) {
      unheard = store instanceof Leases ? now : null;
      lateAnswer = answer;
      throw death();
    }
    return switch (answer) {
      case Session session -> of(Session.class, session);
      case Hold hold -> of(Hold.class, hold);
      case null -> null;
      case Object other -> other;
    };
  }

  /// What it gives is lost with who died: it never does that unheard.
  private static boolean gives(Method method) {
    return Hold.class == method.getDeclaringClass()
        || List.of(Hold.class, Session.class).contains(method.getReturnType());
  }

  private StoreUnavailable death() {
    died = true;
    return new StoreUnavailable("The process died", new IllegalStateException("by a test's wish"));
  }

  private static @Nullable Object call(Object store, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
