package dev.errand.postgres;

import dev.errand.engine.webhook.Carrier;

/// How the statements that end tasks note whose ends are to be told.
final class Outbox {
  private Outbox() {}

  /// A part of a statement, to follow its part `ended` of rows of open_tasks: where nobody has a
  /// webhook or a callback it is asked once, and costs no more.
  ///
  /// @param outcome an expression, as are the others
  static String noting(String outcome, String number, String at) {
    return """
    told AS (
      INSERT INTO webhook_outbox (task_id, number, owner, outcome, at)
      SELECT ended.task_id, %s, ended.owner, %s, %s
        FROM ended
       WHERE EXISTS (SELECT FROM webhooks)
         AND ended.type <> '%s'
         AND (ended.owner IN (SELECT owner FROM webhooks WHERE enabled AND url IS NOT NULL)
              OR EXISTS (SELECT FROM task_callbacks c WHERE c.task_id = ended.task_id)))
    """
        .formatted(number, outcome, at, Carrier.TYPE);
  }
}
