"""Products as staff see them; what is not here is Oscar's."""

from typing import Any

from django.apps import apps
from django.db.models import Prefetch
from oscar.apps.dashboard.catalogue import views

from catalogue.pictures.specs import THUMB_SPEC


class ProductListView(views.ProductListView):
    def get_queryset(self) -> Any:
        Rendition = apps.get_model("pictures", "Rendition")
        thumbs = Rendition.objects.filter(filter_spec=THUMB_SPEC)
        return (
            super()
            .get_queryset()
            .prefetch_related("images__original", Prefetch("images__original__renditions", thumbs))
        )
