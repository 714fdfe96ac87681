-- Deletes all ponds.
DROP TABLE ponds;
