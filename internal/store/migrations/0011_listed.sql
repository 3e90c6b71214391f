-- v11 (compatible with v1+): rows of lists that give no figures, and the entries that rest on them

-- What a file lists, as it was last read. It stays when the file is undone: an
-- entry rests on a row as long as a file in force has one like it.
CREATE TABLE listed (
	distributor_id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	n BIGINT NOT NULL, -- its place in the file, from 1
	kind TEXT NOT NULL, -- of entry
	same TEXT NOT NULL, -- equal for two rows of one activity, contact or article
	address TEXT NOT NULL, -- JSON: its cells
	body TEXT NOT NULL, -- JSON of the noun
	PRIMARY KEY (distributor_id, file_id, n)
);
CREATE INDEX listed_same ON listed (kind, same);

-- The entry that a row became.
CREATE TABLE listed_entry (
	distributor_id BIGINT NOT NULL, -- 0 for the whole house
	kind TEXT NOT NULL,
	same TEXT NOT NULL,
	number BIGINT NOT NULL,
	PRIMARY KEY (distributor_id, kind, same)
);
