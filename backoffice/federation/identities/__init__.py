"""Who people are: one table of identities, kept apart from what is known about them."""
