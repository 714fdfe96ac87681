CREATE TABLE pikes (pond text REFERENCES ponds (name));
CREATE INDEX pikes_of_pond ON pikes (pond);
