"""The cash of a service by day: what comes, what goes, what is not known of it."""
