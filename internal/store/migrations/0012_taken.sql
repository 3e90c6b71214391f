-- v12 (compatible with v1+): where what was taken in with an audit comes from

-- The versions of entries that came in a file of another house, or of another
-- person of this one, and who wrote them as that file states it.
CREATE TABLE taken (
	distributor_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	number BIGINT NOT NULL, -- of the entry here
	n BIGINT NOT NULL, -- its version here
	origin TEXT NOT NULL, -- of the audit
	code TEXT NOT NULL, -- of the entry where it comes from
	version BIGINT NOT NULL, -- there
	author TEXT NOT NULL, -- a name, as stated
	written BIGINT NOT NULL,
	file TEXT NOT NULL, -- SHA-256 of the file, which is an original
	digest TEXT NOT NULL, -- SHA-256 of the body as it was handed over
	PRIMARY KEY (distributor_id, kind, number, n)
);
CREATE INDEX taken_origin ON taken (origin);
