-- Deletes all pikes;
-- the ponds stay.
DROP TABLE pikes;
