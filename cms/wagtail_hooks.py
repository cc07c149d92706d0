"""What Wagtail's admin gets from us."""

from wagtail.snippets.models import register_snippet

from cms.product_admin import ProductViewSet

register_snippet(ProductViewSet)
