-- Deletes nothing; a worker with few free slots may find nothing behind lanes of tasks that it does not know.
DROP FUNCTION hold_next_tasks;
