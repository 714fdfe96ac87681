-- Deletes what is remembered of earlier searches: they are made, and paid for, again.
DROP TABLE cache;
