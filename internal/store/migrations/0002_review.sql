-- v2 (compatible with v1+): what people decide in a review, and what a partner's forms teach

CREATE TABLE decision (
	file_id BIGINT NOT NULL,
	n BIGINT NOT NULL, -- from 1; the last one counts
	body TEXT NOT NULL, -- JSON of honne.Decisions
	decided BIGINT NOT NULL,
	decided_by BIGINT NOT NULL,
	PRIMARY KEY (file_id, n)
);

CREATE TABLE form (
	distributor_id BIGINT NOT NULL,
	form TEXT NOT NULL,
	body TEXT NOT NULL, -- JSON of honne.Form
	PRIMARY KEY (distributor_id, form)
);

-- in which accepted files a form stood
CREATE TABLE form_file (
	distributor_id BIGINT NOT NULL,
	form TEXT NOT NULL,
	file_id BIGINT NOT NULL,
	PRIMARY KEY (distributor_id, form, file_id)
);
