"""Whom an import tells where it is, and who may stop it before anything is written."""


class Watch:
    """Tells nobody and never stops: the import of a command.

    `at` is called outside any transaction, `between` also inside one: it may raise to stop the
    work, and then nothing of it is written.
    """

    def at(self, done: int, total: int, sentence: str) -> None:
        """So many steps of so many are done; the next one in words."""

    def between(self) -> None:
        """Between two tables: go on, or raise."""


NOBODY = Watch()
