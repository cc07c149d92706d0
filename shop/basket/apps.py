import oscar.apps.basket.apps as apps
from django.urls import URLPattern, path


class BasketConfig(apps.BasketConfig):
    name = "shop.basket"

    def ready(self) -> None:
        """Our views are functions: none of Oscar's is looked up."""

    def get_urls(self) -> list[URLPattern]:
        from shop.basket import views

        urls = [
            path("", views.summary, name="summary"),
            path("so-mon/", views.count, name="count"),
            path("them/<int:pk>/", views.add, name="add"),
            path("them/hop/", views.add_design, name="add-design"),
            path("them/hop/<slug:slug>/", views.add_filled, name="add-filled"),
            path("dong/<int:pk>/", views.change, name="change"),
            path("dong/<int:pk>/bo/", views.remove, name="remove"),
            path("ma-giam-gia/", views.voucher_add, name="vouchers-add"),
            path("ma-giam-gia/<int:pk>/bo/", views.voucher_remove, name="vouchers-remove"),
        ]
        return self.post_process_urls(urls)
