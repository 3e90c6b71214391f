-- v3 (compatible with v1+): what people said of two names

-- Nothing is changed here: of two names the last ruling counts, and taking one
-- back is a ruling too.
CREATE TABLE ruling (
	distributor_id BIGINT NOT NULL,
	n BIGINT NOT NULL, -- from 1
	a_id BIGINT NOT NULL, -- of name, as b_id
	b_id BIGINT NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'parent', 'withdrawn')),
	ruled BIGINT NOT NULL,
	ruled_by BIGINT NOT NULL,
	PRIMARY KEY (distributor_id, n)
);
