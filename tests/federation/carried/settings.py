"""The project's settings, taken from the environment, with the kinds of this folder."""

from backoffice.settings import *  # noqa: F403
from backoffice.settings import DATABASES, INSTALLED_APPS

if "options" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["options"] += " -c backoffice.emptying=yes"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.federation.carried"]
