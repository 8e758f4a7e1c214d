"""The tables people keep: one declaration each gives a list, its file, its forms and its page."""
