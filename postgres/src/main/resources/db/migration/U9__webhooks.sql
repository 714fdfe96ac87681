-- Deletes all webhooks with their secrets and deliveries, and the callbacks of tasks and schedules.
DROP INDEX ended_tasks_by_end;
ALTER TABLE schedules DROP COLUMN callback_url;
DROP TABLE webhook_deliveries;
DROP TABLE webhook_outbox;
DROP TABLE task_callbacks;
DROP TABLE webhooks;
