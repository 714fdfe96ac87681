-- Deletes nothing; webhooks that want to hear of completed batches no longer do.
DROP INDEX webhook_deliveries_of_batch;
