"""Sessions of those who work in the shop, as JSON: `python -m bench.signed_in`.

A member of the staff, and a packer of the producer whose goods `bench.on_sale` puts on sale.
"""

import json

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from django.conf import settings
from django.test import Client

from bench.on_sale import the_product
from shop.partner.membership import Role
from shop.users.models import User

PACKER = "nguoi-dong-goi@bench.example"


def main() -> None:
    packer, _made = User.objects.get_or_create(email=PACKER)
    the_product(0).producer.users.add(packer, through_defaults={"role": Role.OWNER})
    staff = User.objects.get(email="nhanvien@phiencho.example")
    print(json.dumps({"producer": _session(packer), "staff": _session(staff)}))


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main()
