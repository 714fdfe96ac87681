-- Deletes what tasks, users and days have spent so far; limits on it begin from nothing when the
-- step is made again.
DROP TABLE reservations, budgets;
