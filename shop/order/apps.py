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
        from shop.order import buyer_views, views
        from shop.payment.receipts.views import receipt
        from shop.payment.refund_accounts import refund_account
        from shop.returns import views as returns

        urls = [
            path("<slug:number>/", views.order_detail, name="detail"),
            path("<slug:number>/cam-on/", views.order_thanks, name="thanks"),
            path("<slug:number>/tom-tat.pdf", order_summary, name="summary"),
            path("<slug:number>/thiep-<int:position>.pdf", greeting, name="greeting"),
            path("<slug:number>/phieu-qua-<int:position>.pdf", gift_receipt, name="gift-receipt"),
            path("<slug:number>/huy/", views.cancel, name="cancel"),
            path("<slug:number>/tra-bang/", views.pay_by, name="pay-by"),
            path("<slug:number>/dat-lai/", views.again, name="again"),
            path("<slug:number>/hoi/", buyer_views.question, name="question"),
            path("<slug:number>/doi-dia-chi/", buyer_views.move, name="move"),
            path("<slug:number>/bien-nhan.pdf", receipt, name="receipt"),
            path("<slug:number>/tai-khoan-hoan/", refund_account, name="refund-account"),
            path("<slug:number>/kien-<int:position>/bao-loi/", returns.report, name="report"),
            path("<slug:number>/bao-loi/<int:pk>/", returns.detail, name="return"),
            path("<slug:number>/bao-loi/<int:pk>/rut/", returns.take_back, name="take-back"),
            path(
                "<slug:number>/bao-loi/<int:pk>/anh/<int:photo>/",
                returns.photo,
                name="return-photo",
            ),
        ]
        return self.post_process_urls(urls)
