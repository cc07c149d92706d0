import oscar.apps.dashboard.communications.apps as apps
from django.urls import URLPattern, path, re_path, reverse_lazy
from django.views.generic import RedirectView


class CommunicationsDashboardConfig(apps.CommunicationsDashboardConfig):
    """Oscar's page keeps any template that compiles, in one language; its menu leads to ours."""

    name = "shop.communication.staff"

    def ready(self) -> None:
        """Oscar's views are not wanted, only who may see the entry in its menu."""
        self.configure_permissions()

    def get_urls(self) -> list[URLPattern]:
        ours = RedirectView.as_view(url=reverse_lazy("letters:kinds"))
        return self.post_process_urls(
            [
                path("", ours, name="comms-list"),
                re_path(r"^(?P<slug>[\w-]+)/$", ours, name="comms-update"),
            ]
        )
