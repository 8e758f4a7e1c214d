"""A comparison as the federation may see it without consents: sums by year, small cells hidden."""
