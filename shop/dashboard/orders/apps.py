import oscar.apps.dashboard.orders.apps as apps
from django.urls import URLPattern, path


class OrdersDashboardConfig(apps.OrdersDashboardConfig):
    """Oscar's pages set statuses and addresses around the shop's own services; ours do not."""

    name = "shop.dashboard.orders"

    def ready(self) -> None:
        """Oscar's views are not wanted, nor its guards: ours ask for themselves."""

    def get_urls(self) -> list[URLPattern]:
        from shop.office.orders import views

        return [
            path("", views.orders, name="order-list"),
            path("<str:number>/", views.order, name="order-detail"),
            path("<str:number>/ghi-chu/", views.write_note, name="order-note"),
            path("<str:number>/huy/", views.cancel, name="order-cancel"),
        ]
