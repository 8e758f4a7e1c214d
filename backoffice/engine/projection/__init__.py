"""The cost of every worker-month up to a horizon: from facts in columns, without a database."""
