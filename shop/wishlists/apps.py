import oscar.apps.wishlists.apps as apps
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _


class WishlistsConfig(apps.WishlistsConfig):
    """One list a person, kept and shared by pages of ours: Oscar's ask for many lists."""

    name = "shop.wishlists"
    verbose_name = _("Món đã lưu")

    def ready(self) -> None:
        """None of Oscar's views is looked up."""
        from shop.wishlists import saving  # noqa: F401

    def get_urls(self) -> list[URLPattern]:
        from shop.wishlists import views

        return self.post_process_urls(
            [
                path("", views.summary, name="summary"),
                path("khoa/", views.keys, name="keys"),
                path("them/<int:pk>/", views.add, name="add"),
                path("bo/<int:pk>/", views.remove, name="remove"),
                path("chia-se/", views.start_sharing, name="share"),
                path("thoi-chia-se/", views.end_sharing, name="stop-sharing"),
                path("xem/<str:key>/", views.shared, name="shared"),
            ]
        )
