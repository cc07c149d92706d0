import oscar.apps.catalogue.apps as apps
from django.urls import path


class CatalogueConfig(apps.CatalogueConfig):
    name = "catalogue"

    def ready(self) -> None:
        super().ready()
        from catalogue import slug_history  # noqa: F401  # connects its receivers
        from catalogue.boxes import inheriting
        from catalogue.share_cards.facts import PRODUCTS, SHOP, of_product, of_shop, register

        inheriting.connect()
        register(PRODUCTS, of_product)
        register(SHOP, of_shop)

    def get_urls(self) -> list:
        from catalogue.views import boxes, listing, product, seen, trace

        return [
            path("san-pham/", listing.index, name="index"),
            path("san-pham/<slug:slug>/", product.detail, name="detail"),
            path("nhom/<slug:slug>/", listing.category, name="category"),
            path("hop-qua-tu-chon/", boxes.index, name="box-index"),
            path("hop-qua-tu-chon/<slug:slug>/", boxes.build, name="box-build"),
            path("hop-qua-tu-chon/<slug:slug>/<slug:token>/", boxes.design, name="box-design"),
            path("truy-xuat/", trace.form, name="trace-form"),
            path("truy-xuat/<str:code>/", trace.lot, name="trace"),
            path("da-xem/", seen.seen, name="seen"),
            path("du-18-tuoi/", product.confirm_age, name="confirm-age"),
        ]
