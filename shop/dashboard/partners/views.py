"""Producers as staff see them; what is not here is Oscar's."""

from typing import Any

from oscar.apps.dashboard.partners import views


class PartnerListView(views.PartnerListView):
    paginate_by = 50

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("memberships__user", "addresses")
