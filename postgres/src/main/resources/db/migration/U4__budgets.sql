-- Deletes what tasks, users and days have spent so far, and the budgets that tasks were submitted with; limits begin
-- from nothing when the step is made again.
DROP TABLE reservations, budgets;
