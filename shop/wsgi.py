"""The shop for a WSGI server (gunicorn shop.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
django_application = get_wsgi_application()

# Imported once Django is set up.
from shop.pagecache.early import EarlyPages  # noqa: E402

application = EarlyPages(django_application)
