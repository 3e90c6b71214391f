-- v1 (compatible with v1+): the ledger, the files, the accounts

-- Instants are microseconds since 1970 UTC, 0 for none. Days are honne.Date, 0
-- for none. Quantities are thousandths, amounts minor units, NULL for unknown.
-- Names are numbered within a distributor; 0 is no name.

CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY,
	last BIGINT NOT NULL
);
INSERT INTO counter (name, last) VALUES ('distributor', 0), ('file', 0), ('submission', 0), ('name', 0), ('users', 0);

CREATE TABLE distributor (
	id BIGINT NOT NULL PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	sample BOOLEAN NOT NULL,
	profile TEXT NOT NULL -- JSON of honne.Profile
);

CREATE TABLE file (
	id BIGINT NOT NULL PRIMARY KEY,
	distributor_id BIGINT NOT NULL, -- 0 while it is not known
	path TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	size BIGINT NOT NULL,
	format TEXT NOT NULL,
	received BIGINT NOT NULL,
	basis TEXT NOT NULL CHECK (basis IN ('message', 'stated', 'estimated', 'unknown')),
	side TEXT NOT NULL CHECK (side IN ('theirs', 'ours', 'third')),
	state TEXT NOT NULL CHECK (state IN ('reading', 'to-resolve', 'ready', 'accepted', 'unreadable', 'set-aside', 'undone')),
	loaded BIGINT NOT NULL,
	loaded_by BIGINT NOT NULL,
	accepted BIGINT NOT NULL,
	accepted_by BIGINT NOT NULL,
	problems BIGINT NOT NULL,
	lines BIGINT NOT NULL,
	attempt BIGINT NOT NULL -- counts the attempts to stage it
);
CREATE INDEX file_distributor ON file (distributor_id, sha256);

-- What was believed about a file's receipt, and since when: a frozen audit goes
-- by what was believed then.
CREATE TABLE receipt (
	file_id BIGINT NOT NULL,
	n BIGINT NOT NULL,
	recorded BIGINT NOT NULL,
	received BIGINT NOT NULL,
	basis TEXT NOT NULL,
	PRIMARY KEY (file_id, n)
);

CREATE TABLE reading (
	file_id BIGINT NOT NULL PRIMARY KEY,
	body TEXT NOT NULL -- JSON of honne.Reading, without its lines
);

CREATE TABLE submission (
	id BIGINT NOT NULL PRIMARY KEY,
	distributor_id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	attempt BIGINT NOT NULL,
	ord BIGINT NOT NULL, -- its place among the parts of the file
	series TEXT NOT NULL,
	scope TEXT NOT NULL,
	part TEXT NOT NULL, -- JSON of honne.Part
	state TEXT NOT NULL CHECK (state IN ('staging', 'staged', 'accepted')),
	lines BIGINT NOT NULL,
	digest TEXT NOT NULL, -- SHA-256 of its lines
	accepted BIGINT NOT NULL,
	accepted_by BIGINT NOT NULL,
	reverses BIGINT NOT NULL -- the submission that this one takes back, or 0
);
CREATE INDEX submission_distributor ON submission (distributor_id, series, scope);
CREATE INDEX submission_file ON submission (file_id);

-- The periods that a submission replaces, with their totals.
CREATE TABLE submission_period (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	lines BIGINT NOT NULL,
	quantity BIGINT,
	amount BIGINT,
	agreed BIGINT NOT NULL, -- 0 unless every line was agreed; then the last day
	PRIMARY KEY (distributor_id, submission_id, period_from, period_to)
);

-- Products (kind 1), accounts (2) and other texts of lines (3), once each.
CREATE TABLE name (
	distributor_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	kind BIGINT NOT NULL,
	role BIGINT NOT NULL,
	disclosure BIGINT NOT NULL,
	site BOOLEAN NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	checksum BIGINT NOT NULL, -- of the columns above, for Verify
	PRIMARY KEY (distributor_id, id)
);

CREATE TABLE line (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	n BIGINT NOT NULL,
	table_n BIGINT NOT NULL,
	row_n BIGINT NOT NULL,
	quantity_col BIGINT NOT NULL DEFAULT 0,
	amount_col BIGINT NOT NULL DEFAULT 0,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	day BIGINT NOT NULL DEFAULT 0,
	invoiced_id BIGINT NOT NULL DEFAULT 0,
	ship_to_id BIGINT NOT NULL DEFAULT 0,
	end_user_id BIGINT NOT NULL DEFAULT 0,
	bill_to_id BIGINT NOT NULL DEFAULT 0,
	product_id BIGINT NOT NULL DEFAULT 0,
	region_id BIGINT NOT NULL DEFAULT 0,
	rep_id BIGINT NOT NULL DEFAULT 0,
	lot_id BIGINT NOT NULL DEFAULT 0,
	reason_id BIGINT NOT NULL DEFAULT 0,
	agreed BIGINT NOT NULL DEFAULT 0,
	provisional BIGINT NOT NULL DEFAULT 0,
	quantity BIGINT,
	amount BIGINT,
	PRIMARY KEY (distributor_id, submission_id, n)
);

CREATE TABLE rollup_product (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	product_id BIGINT NOT NULL,
	quantity BIGINT,
	amount BIGINT,
	reason_id BIGINT NOT NULL, -- the first that a line gives
	PRIMARY KEY (distributor_id, submission_id, period_from, period_to, product_id)
);

CREATE TABLE rollup_account (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	quantity BIGINT,
	amount BIGINT,
	PRIMARY KEY (distributor_id, submission_id, period_from, period_to, account_id)
);

CREATE TABLE day_total (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	day BIGINT NOT NULL,
	quantity BIGINT,
	amount BIGINT,
	PRIMARY KEY (distributor_id, submission_id, period_from, period_to, day)
);

-- Two versions of a period that were compared; what differs is in change. A
-- pair never changes, so a version that slips between two others adds pairs.
CREATE TABLE compared (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	before_id BIGINT NOT NULL,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	PRIMARY KEY (distributor_id, submission_id, before_id, period_from, period_to)
);

CREATE TABLE change (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	before_id BIGINT NOT NULL,
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	product_id BIGINT NOT NULL,
	quantity_before BIGINT,
	amount_before BIGINT,
	quantity_after BIGINT,
	amount_after BIGINT,
	reason_id BIGINT NOT NULL,
	PRIMARY KEY (distributor_id, submission_id, before_id, period_from, period_to, product_id)
);

CREATE TABLE memory (
	distributor_id BIGINT NOT NULL,
	header TEXT NOT NULL,
	meaning TEXT NOT NULL,
	PRIMARY KEY (distributor_id, header)
);

CREATE TABLE users (
	id BIGINT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	email TEXT NOT NULL UNIQUE,
	role TEXT NOT NULL,
	admin BOOLEAN NOT NULL,
	password_hash TEXT NOT NULL,
	language TEXT NOT NULL,
	disabled BOOLEAN NOT NULL,
	created BIGINT NOT NULL
);

CREATE TABLE session (
	token_hash TEXT NOT NULL PRIMARY KEY,
	user_id BIGINT NOT NULL REFERENCES users (id),
	expires BIGINT NOT NULL
);
CREATE INDEX session_of ON session (user_id);

CREATE TABLE setting (
	key TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);
