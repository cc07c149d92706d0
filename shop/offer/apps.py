import oscar.apps.offer.apps as apps
from django.urls import URLPattern, path, reverse_lazy
from django.views.generic import RedirectView


class OfferConfig(apps.OfferConfig):
    name = "shop.offer"
    namespace = "offer"

    def get_urls(self) -> list[URLPattern]:
        """An offer has no page of its own here: its goods, at its prices, are on the shelf."""
        shelf = RedirectView.as_view(url=reverse_lazy("catalogue:index"))
        return [
            path("", shelf, name="list"),
            path("<slug:slug>/", shelf, name="detail"),
        ]
