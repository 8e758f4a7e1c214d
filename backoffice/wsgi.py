"""What a WSGI server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")

application = get_wsgi_application()

from reports.startup import warm  # noqa: E402 - the applications must be ready first

warm()
