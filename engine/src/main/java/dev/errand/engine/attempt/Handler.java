package dev.errand.engine.attempt;

import dev.errand.engine.access.Caller;
import java.util.List;

/// Runs the tasks of one type. Adding a type is one class that implements this and one line where
/// the server is put together.
///
/// Handlers are shared by all attempts and must be thread-safe.
///
/// @param <P> the parameters: a record whose constructor throws [InvalidParams] for bad values
public interface Handler<P> {

  /// The task type, such as `fetch_url`.
  String type();

  Class<P> paramsType();

  /// The steps an attempt usually goes through, for display; empty when there are none to name.
  default List<String> steps() {
    return List.of();
  }

  /// Refuses at submission what this caller may not ask for or this installation does not allow.
  /// The parameters themselves were checked by their record's constructor.
  ///
  /// @throws InvalidParams naming each bad field
  default void admit(P params, Caller caller) {}

  /// Runs one attempt to its end, on a virtual thread of its own. Plain blocking code is fine.
  ///
  /// The thread is interrupted when the task is cancelled, its time is up or its lease is lost. It
  /// must then end soon; an attempt that does not is abandoned and what it returns is ignored.
  ///
  /// @return the result, which becomes JSON
  /// @throws TaskFailure to say how it failed and whether a retry makes sense
  /// @throws Exception anything else counts as a failure that a retry may mend
  Object handle(P params, Attempt attempt) throws Exception;
}
