"""What would change: costs claimed on awards in batch, patches on the facts, and comparisons."""
