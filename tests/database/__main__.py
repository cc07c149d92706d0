"""python -m tests.database: build the template ahead of the tests, with its progress seen."""

import os

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.database.template import ready_template

    server, name = ready_template()
    print(f"{server.kind}: {name}")
