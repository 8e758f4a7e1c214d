"""The `backoffice` command: every management command of the project."""

import os

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the management command named on the command line; exits with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    execute_from_command_line()


if __name__ == "__main__":
    main()
