-- v5 (compatible with v1+): what people write on forms, and what the machine heard in mail

-- Nothing is changed here: of one number the last version counts, and taking it
-- back is a version too.
CREATE TABLE entry (
	distributor_id BIGINT NOT NULL, -- 0 for the whole house
	kind TEXT NOT NULL,
	number BIGINT NOT NULL, -- counts the kind from 1, over all distributors
	n BIGINT NOT NULL, -- the version, from 1
	body TEXT NOT NULL, -- JSON of the noun
	withdrawn BOOLEAN NOT NULL,
	why TEXT NOT NULL,
	entered BIGINT NOT NULL,
	entered_by BIGINT NOT NULL, -- 0: the machine, unconfirmed
	checksum BIGINT NOT NULL, -- of what is above, for Verify
	PRIMARY KEY (distributor_id, kind, number, n)
);
CREATE UNIQUE INDEX entry_number ON entry (kind, number, n);

-- the last message that was searched for reasons and promises
ALTER TABLE distributor ADD COLUMN heard BIGINT NOT NULL DEFAULT 0;
