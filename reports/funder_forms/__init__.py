"""The funder's own form: its XLSX, mapped once, filled each year without touching the rest."""
