"""Treasury by day: what comes in, what goes out, on which day, and how sure that is."""
