#!/usr/bin/env python3
"""Django's usual entrance; the same as the `backoffice` command."""

from backoffice.__main__ import main

if __name__ == "__main__":
    main()
