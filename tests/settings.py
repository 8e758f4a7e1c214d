"""The settings of the suite: the project's own, without what is slow or leaves a trace."""

import atexit
import os
import shutil
import tempfile

os.environ["BACKOFFICE_MODE"] = "demo"
os.environ["BACKOFFICE_DATA"] = tempfile.mkdtemp(prefix="backoffice-test-")
atexit.register(shutil.rmtree, os.environ["BACKOFFICE_DATA"], ignore_errors=True)
os.environ["BACKOFFICE_OUT"] = os.environ["BACKOFFICE_DATA"]
os.environ.pop("CELERY_BROKER_URL", None)

from backoffice.settings import *  # noqa: E402, F403
from backoffice.settings import DATABASES, MIDDLEWARE  # noqa: E402

# Pages are read as their sources write them; tests/web/test_typography.py looks at their spaces.
_OFF = ("whitenoise", "backoffice.web.typography")
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith(_OFF)]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A database that the suite throws away need not survive a power cut.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # On disk: in memory, a page of the live site and the test that waits for it refuse each other.
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['BACKOFFICE_DATA']}/test.sqlite3"}
    if schema := os.environ.get("TEST_SCHEMA"):  # migrated once by tests/run, for all its parts
        shutil.copy(schema, DATABASES["default"]["TEST"]["NAME"])
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
    if part := os.environ.get("TEST_PART"):  # tests/run makes several at once on one server
        schema = os.environ.get("TEST_TEMPLATE")  # as above, a database of the same server
        DATABASES["default"]["TEST"] = {"NAME": f"test_{part}", "TEMPLATE": schema}
    # Tests empty their database, trail included.
    DATABASES["default"]["OPTIONS"]["options"] += " -c backoffice.emptying=yes"
