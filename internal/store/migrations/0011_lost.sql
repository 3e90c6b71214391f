-- v11 (compatible with v1+): changes that were found by looking behind a lost figure (########) depend on the reading: they are kept no more

DELETE FROM change WHERE EXISTS (SELECT 1 FROM rollup_product r
	WHERE r.distributor_id = change.distributor_id AND r.submission_id = change.before_id
		AND r.period_from = change.period_from AND r.period_to = change.period_to AND r.quantity IS NULL AND r.amount IS NULL);
DELETE FROM compared WHERE EXISTS (SELECT 1 FROM rollup_product r
	WHERE r.distributor_id = compared.distributor_id AND r.submission_id = compared.before_id
		AND r.period_from = compared.period_from AND r.period_to = compared.period_to AND r.quantity IS NULL AND r.amount IS NULL);
