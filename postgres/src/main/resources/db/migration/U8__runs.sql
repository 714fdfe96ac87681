-- Deletes all runs with their metrics and notes: nobody knows any more what was processed before.
DROP TABLE run_notes;
DROP TABLE run_metrics;
DROP TABLE runs;
