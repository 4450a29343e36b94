"""The application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

import fourfold.config.sqlite  # noqa: F401 - first, before anything imports sqlite3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.config.settings")
application = get_wsgi_application()
