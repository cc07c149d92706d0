import oscar.apps.dashboard.users.apps as apps
from django.urls import URLPattern, path


class UsersDashboardConfig(apps.UsersDashboardConfig):
    """Buyers with their orders, in place of Oscar's bare list of accounts."""

    name = "shop.dashboard.users"

    def get_urls(self) -> list[URLPattern]:
        from shop.office.customers import views

        kept = ("user-alert-list", "user-alert-delete", "user-alert-update")
        alerts = [each for each in super().get_urls() if each.name in kept]
        return [
            path("", views.customers, name="users-index"),
            path("<int:pk>/", views.customer, name="user-detail"),
            *alerts,
        ]
