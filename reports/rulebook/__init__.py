"""The rule book: what each scheme says, for people who check it, on screen and on paper."""
