import oscar.apps.partner.apps as apps
from django.urls import path


class PartnerConfig(apps.PartnerConfig):
    name = "shop.partner"
    namespace = "partner"

    def ready(self) -> None:
        super().ready()
        from shop.partner import lookup, sharing

        lookup.connect()
        sharing.connect()

    def get_urls(self) -> list:
        from shop.partner import views

        return [
            path("", views.index, name="index"),
            path("<slug:slug>/", views.detail, name="detail"),
        ]
