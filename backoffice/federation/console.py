"""What our commands share: one French sentence on error, exit code 2, and the options they read."""

import json
import os
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, ProgrammingError

from backoffice.federation.audit import acting

BROKEN_PIPE = 141
"""What a shell shows of a program whose reader has left: 128 and SIGPIPE."""
MOST_DECIMALS = 20


class Console(BaseCommand):
    """A command whose user errors are one sentence on stderr, without traceback nor prefix."""

    requires_system_checks: list[str] = []

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            with acting(None, origin=f"command {_name_of(self)}"):
                answer = super().execute(*args, **options)
            sys.stdout.flush()
        except (CommandError, OperationalError, ProgrammingError, BrokenPipeError) as error:
            if options.get("traceback") or not getattr(self, "_called_from_command_line", False):
                raise
            self._end(error)
        else:
            return answer

    def _end(self, error: Exception) -> NoReturn:
        """Say in one sentence why the command stops, and stop."""
        if isinstance(error, BrokenPipeError):
            # The reader has left (head, less): what is not written yet has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(BROKEN_PIPE)
        if isinstance(error, DatabaseError):
            self.stderr.write(_silent_database(error), lambda text: text)
            sys.exit(2)
        self.stderr.write(str(error), lambda text: text)
        sys.exit(error.returncode if isinstance(error, CommandError) else 1)

    def write_json(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _name_of(command: BaseCommand) -> str:
    return type(command).__module__.rpartition(".")[2]


def refusal(sentence: str) -> CommandError:
    """A user error: the sentence to print; the command exits with code 2."""
    return CommandError(sentence, returncode=2)


def _silent_database(error: DatabaseError) -> str:
    """The first line of what the database says, and what to do about it."""
    unready = isinstance(error, ProgrammingError) or "no such" in str(error)
    todo = "lancez « migrate » d'abord" if unready else "vérifiez DATABASE_URL et son serveur"
    return f"La base de données ne répond pas ({str(error).splitlines()[0]}) : {todo}."


def required(option: str, written: str | None) -> str:
    """The text given to an option that cannot be left out."""
    if not written:
        raise refusal(f"L'option {option} manque.")
    return written


def day(option: str, written: str | None) -> date:
    """A day written YYYY-MM-DD."""
    text = required(option, written)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise refusal(f"{option} : « {text} » n'est pas un jour écrit AAAA-MM-JJ.")
    return found


def decimal_text(value: Fraction) -> str:
    """An exact decimal as text; a fraction without finite decimals stays "2/37"."""
    for places in range(MOST_DECIMALS):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return f"{Decimal(scaled.numerator).scaleb(-places):f}"
    return str(value)


def positive_decimal(option: str, written: str | None) -> Fraction:
    """A number above 0, written with a decimal point or comma."""
    text = required(option, written)
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number <= 0:
        raise refusal(f"{option} : « {text} » n'est pas un nombre supérieur à 0.")
    return Fraction(number)
