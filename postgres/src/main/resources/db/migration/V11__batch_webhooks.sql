-- A webhook is told once that a batch has completed, however many nodes see it at the same time.
CREATE UNIQUE INDEX webhook_deliveries_of_batch ON webhook_deliveries (webhook_id, task_id)
 WHERE event = 'batch.completed';
