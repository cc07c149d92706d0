import oscar.apps.catalogue.reviews.apps as apps
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(apps.CatalogueReviewsConfig):
    name = "shop.reviews"
    namespace = "reviews"
    verbose_name = _("Đánh giá")

    def ready(self) -> None:
        """Oscar's views let anyone write, vote, and read what was rejected; ours stand below."""
        from shop.reviews import signals  # noqa: F401
        from shop.reviews.photos import keeping  # noqa: F401

    def get_urls(self) -> list[URLPattern]:
        from shop.reviews import views
        from shop.reviews.inviting.views import stop
        from shop.reviews.photos.views import photo, thumb

        return [
            path("anh/<int:pk>/", photo, name="photo"),
            path("anh/<int:pk>/nho/", thumb, name="photo-thumb"),
            path("thoi-moi/<str:token>/", stop, name="stop-inviting"),
            path("<slug:slug>/", views.of_product, name="of-product"),
            path("<slug:slug>/viet/", views.write, name="write"),
        ]
