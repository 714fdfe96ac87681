CREATE TABLE herons (name text);
