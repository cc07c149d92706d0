import oscar.apps.dashboard.reviews.apps as apps
from django.urls import URLPattern, path, reverse_lazy
from django.views.generic import RedirectView


class ReviewsDashboardConfig(apps.ReviewsDashboardConfig):
    """Oscar's pages let staff rewrite a buyer's words; its menu leads to ours instead."""

    name = "shop.reviews.staff"

    def ready(self) -> None:
        """Oscar's views are not wanted, only who may see the entry in its menu."""
        self.configure_permissions()

    def get_urls(self) -> list[URLPattern]:
        queue = RedirectView.as_view(url=reverse_lazy("reviews-staff:queue"))
        return self.post_process_urls([path("", queue, name="reviews-list")])
