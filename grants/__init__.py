"""Awards, their terms, posts, instalments and receipts; one TOML file per funder's scheme."""
