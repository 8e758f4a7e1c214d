"""Asks the site of this machine how it is; exit code 1 and its answer when something is wrong."""

import os
import sys
import urllib.error
import urllib.request


def main() -> int:
    """Ask `/sante/` under the first host name of the site."""
    host = os.environ.get("BACKOFFICE_ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/sante/"
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own
            sys.stdout.write(f"{answer.read().decode()}\n")
    except urllib.error.HTTPError as error:
        sys.stdout.write(f"{error.read(500).decode(errors='replace')}\n")
        return 1
    except OSError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
