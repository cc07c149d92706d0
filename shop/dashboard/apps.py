from typing import Any

import oscar.apps.dashboard.apps as apps
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.views.generic import RedirectView


class DashboardConfig(apps.DashboardConfig):
    """Oscar's dashboard with our home, orders and buyers, below Vietnamese addresses.

    Its pages of products, offers and vouchers stay, in the shop's frame
    (`templates/oscar/dashboard/layout.html`).
    """

    name = "shop.dashboard"
    login_url = reverse_lazy("customer:login")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from shop.office.home import home

        sign_in = RedirectView.as_view(pattern_name="customer:login", query_string=True)
        ours: list[URLPattern | URLResolver] = [
            path("", home, name="index"),
            path("login/", sign_in, name="login"),
        ]
        folders: dict[str, Any] = {
            "don-hang/": self.orders_app,
            "khach-hang/": self.users_app,
            "catalogue/": self.catalogue_app,
            "partners/": self.partners_app,
            "offers/": self.offers_app,
            "ranges/": self.ranges_app,
            "reviews/": self.reviews_app,
            "vouchers/": self.vouchers_app,
            "comms/": self.comms_app,
            "shipping/": self.shipping_app,
            # Hidden, but Oscar's templates may ask for their names.
            "reports/": self.reports_app,
            "pages/": self.pages_app,
        }
        ours += [path(folder, include(app.urls[0])) for folder, app in folders.items()]
        theirs = [each for each in super().get_urls() if getattr(each, "name", "") == "logout"]
        return [*ours, *theirs]
