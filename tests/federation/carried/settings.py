"""The project's settings, taken from the environment, with the kinds of this folder."""

from backoffice.settings import *  # noqa: F403
from backoffice.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.federation.carried"]
