"""A shop with one jar of honey: `python -m bench.one_product <stock>`; prints its address.

Into the scratch database that DATABASE_URL names, migrated when it is empty.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from shop.order.models import Order  # noqa: E402
from shop.shipping.rates import ZoneRate  # noqa: E402


def main(stock: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    if Order.objects.exists():
        raise SystemExit("This database has orders: it is no scratch.")
    # After migrating: the factories read the database.
    from tests.factories import a_product, a_shop

    if not ZoneRate.objects.exists():
        a_shop()
    print(a_product("Mật ong", stock=stock).get_absolute_url())


if __name__ == "__main__":
    main(int(sys.argv[1]))
