-- Deletes all schedules and what is known of their runs. The tasks that they submitted stay.
DROP TABLE schedule_runs, schedules;
