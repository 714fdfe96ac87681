CREATE TABLE ponds (name text CONSTRAINT ponds_pkey PRIMARY KEY);
