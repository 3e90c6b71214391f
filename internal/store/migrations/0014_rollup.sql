-- v14 (compatible with v14+): the cells of a roll-up are packed; a step in Go packs those that stand in rows, and drops their tables

-- What was found by looking behind a lost figure (########) depends on the
-- reading: it is kept no more.
DELETE FROM change WHERE EXISTS (SELECT 1 FROM rollup_product r
	WHERE r.distributor_id = change.distributor_id AND r.submission_id = change.before_id
		AND r.period_from = change.period_from AND r.period_to = change.period_to AND r.quantity IS NULL AND r.amount IS NULL);
DELETE FROM compared WHERE EXISTS (SELECT 1 FROM rollup_product r
	WHERE r.distributor_id = compared.distributor_id AND r.submission_id = compared.before_id
		AND r.period_from = compared.period_from AND r.period_to = compared.period_to AND r.quantity IS NULL AND r.amount IS NULL);

CREATE TABLE rollup (
	distributor_id BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	kind BIGINT NOT NULL, -- 1 by product, 2 by account, 3 by day
	period_from BIGINT NOT NULL,
	period_to BIGINT NOT NULL,
	body BYTEA NOT NULL, -- rollup_block.go says how
	PRIMARY KEY (distributor_id, submission_id, kind, period_from, period_to)
);
