"""The `backoffice` command: every management command of the project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

UNUSABLE = 2


def main() -> None:
    """Run the management command named on the command line; exits with its code.

    A setting that stops the start is one sentence on standard error and exit code 2.
    """
    os.umask(0o077)  # what a command writes holds names and pay
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    try:
        execute_from_command_line()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNUSABLE)


if __name__ == "__main__":
    main()
