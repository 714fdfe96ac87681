-- Deletes everything: all tasks with their results, events and logs, and what is known of their
-- artifacts.
DROP FUNCTION create_history_partitions, create_history_partition;
DROP TABLE artifacts, log_lines, events, steps, attempts, idempotency_keys, workers, open_tasks, tasks;
