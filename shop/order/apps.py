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
        from shop.contracts.views import order_summary
        from shop.giving.views import gift_receipt, greeting
        from shop.order import views

        urls = [
            path("<slug:number>/", views.order_detail, name="detail"),
            path("<slug:number>/cam-on/", views.order_thanks, name="thanks"),
            path("<slug:number>/tom-tat.pdf", order_summary, name="summary"),
            path("<slug:number>/thiep-<int:position>.pdf", greeting, name="greeting"),
            path("<slug:number>/phieu-qua-<int:position>.pdf", gift_receipt, name="gift-receipt"),
            path("<slug:number>/huy/", views.cancel, name="cancel"),
            path("<slug:number>/tra-bang/", views.pay_by, name="pay-by"),
            path("<slug:number>/dat-lai/", views.again, name="again"),
        ]
        return self.post_process_urls(urls)
