import oscar.apps.customer.apps as apps
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path


class CustomerConfig(apps.CustomerConfig):
    name = "shop.customer"

    def ready(self) -> None:
        super().ready()
        from shop.customer.alerts import noticing

        noticing.connect()

    def get_urls(self) -> list[URLPattern]:
        """Our own few pages in place of Oscar's: an account that a buyer understands at once."""
        from shop.customer.urls import urlpatterns as own
        from shop.customer.views import account, addresses, alerts, orders, signing
        from shop.two_factor.guards import account_page

        urls = [
            path("dang-nhap/", signing.SignInView.as_view(), name="login"),
            path("dang-xuat/", signing.SignOutView.as_view(), name="logout"),
            path("dang-ky/", signing.SignUpView.as_view(), name="register"),
            path("quen-mat-khau/", signing.ForgotPasswordView.as_view(), name="password-forgot"),
            path(
                "quen-mat-khau/da-gui/",
                signing.ForgotPasswordSentView.as_view(),
                name="password-forgot-sent",
            ),
            path(
                "dat-lai-mat-khau/<uidb64>/<token>/",
                signing.ResetPasswordView.as_view(),
                name="password-reset",
            ),
            path("", login_required(account.SummaryView.as_view()), name="summary"),
            path("ho-so/", account_page(account.ProfileView.as_view()), name="profile-update"),
            path(
                "mat-khau/",
                account_page(account.ChangePasswordView.as_view()),
                name="change-password",
            ),
            path("don-hang/", login_required(orders.OrderListView.as_view()), name="order-list"),
            path(
                "so-dia-chi/",
                login_required(addresses.AddressListView.as_view()),
                name="address-list",
            ),
            path(
                "so-dia-chi/them/",
                login_required(addresses.AddressCreateView.as_view()),
                name="address-create",
            ),
            path(
                "so-dia-chi/<int:pk>/",
                login_required(addresses.AddressUpdateView.as_view()),
                name="address-detail",
            ),
            path(
                "so-dia-chi/<int:pk>/xoa/",
                login_required(addresses.AddressDeleteView.as_view()),
                name="address-delete",
            ),
            path(
                "so-dia-chi/<int:pk>/mac-dinh/",
                login_required(addresses.AddressDefaultView.as_view()),
                name="address-default",
            ),
            path("bao-khi-co-hang/<int:pk>/", alerts.create, name="alerts-create"),
            path(
                "bao-khi-co-hang/xac-nhan/<str:key>/", alerts.confirm_alert, name="alerts-confirm"
            ),
            path(
                "bao-khi-co-hang/thoi/<str:key>/",
                alerts.cancel_alert,
                name="alerts-cancel-by-key",
            ),
            *own,
        ]
        return self.post_process_urls(urls)
