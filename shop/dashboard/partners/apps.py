from typing import Any

import oscar.apps.dashboard.partners.apps as apps
from django.urls import URLPattern
from oscar.core.loading import get_class


class PartnersDashboardConfig(apps.PartnersDashboardConfig):
    """Oscar's pages of producers without its pages of their people.

    Those linked anybody to any producer and set passwords. People join by an invitation of an
    owner (`shop.producers.team`) or by an application, and choose their passwords themselves.
    """

    name = "shop.dashboard.partners"
    permissions_map: dict[str, Any]

    def configure_permissions(self) -> None:
        """Oscar opens the form of a producer to whoever may look at the list."""
        super().configure_permissions()
        permission = get_class("dashboard.permissions", "DashboardPermission")
        self.permissions_map["partner-manage"] = permission.get(
            "partner", "view_partner", "change_partner"
        )

    def get_urls(self) -> list[URLPattern]:
        # Names of Oscar, each behind its rights already.
        return [each for each in super().get_urls() if "users/" not in str(each.pattern)]
