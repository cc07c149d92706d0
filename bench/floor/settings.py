"""The shop's models and database, nothing around a view: no middleware, own templates."""

from shop.settings import *  # noqa: F403
from shop.settings import BASE_DIR

ROOT_URLCONF = "bench.floor.urls"
WSGI_APPLICATION = "bench.floor.wsgi.application"
MIDDLEWARE: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "bench" / "floor" / "templates"],
        "OPTIONS": {"builtins": ["django.contrib.humanize.templatetags.humanize"]},
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "bench" / "floor" / "jinja"],
        "OPTIONS": {"environment": "bench.floor.views.jinja_environment"},
    },
]
