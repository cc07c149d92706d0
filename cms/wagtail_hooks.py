"""What Wagtail's admin gets from us."""

from typing import Any

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.place_choosers import former_commune_chooser, ward_chooser
from cms.product_admin import ProductViewSet

register_snippet(ProductViewSet)


@hooks.register("register_admin_viewset")
def place_choosers() -> list[Any]:
    return [former_commune_chooser, ward_chooser]
