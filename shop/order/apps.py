import oscar.apps.order.apps as apps
from django.urls import URLPattern, path


class OrderConfig(apps.OrderConfig):
    name = "shop.order"
    namespace = "order"

    def ready(self) -> None:
        super().ready()
        from shop.order import receivers

        receivers.connect()

    def get_urls(self) -> list[URLPattern]:
        from shop.order import views

        urls = [
            path("<slug:number>/", views.order_detail, name="detail"),
            path("<slug:number>/cam-on/", views.order_thanks, name="thanks"),
            path("<slug:number>/huy/", views.cancel, name="cancel"),
        ]
        return self.post_process_urls(urls)
