-- Deletes nothing but the list of bytes whose artifacts were pruned and which are still to be
-- deleted: these stay in the artifact directory.
DROP FUNCTION drop_history_week;
DROP FUNCTION first_id_at;
DROP INDEX artifacts_with_bytes;
DROP INDEX idempotency_keys_of_task;
DROP TABLE pruned_bytes;
