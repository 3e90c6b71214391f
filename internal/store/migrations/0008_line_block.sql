-- v8 (compatible with v8+): the lines of a submission are packed; a step in Go packs those that stand in line, and drops it

CREATE TABLE line_block (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	first BIGINT NOT NULL, -- number of the first line in it, from 1
	body BYTEA NOT NULL, -- pack.go says how
	PRIMARY KEY (distributor_id, submission_id, first)
);
