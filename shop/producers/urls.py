from django.urls import include, path

from shop.producers import notices_views, views
from shop.producers.supplies.views import supplies
from shop.producers.team.views import invitation

app_name = "producers"
urlpatterns = [
    path("", views.home, name="home"),
    path("chon/", views.choose, name="choose"),
    path("them/", views.more, name="more"),
    path("vao-kenh/", include("shop.producers.joining.urls")),
    path("chung-nhan/", include("shop.producers.certificates.urls")),
    path("bang/", include("shop.producers.bulk.urls")),
    path("tin-bao/", notices_views.notices, name="notices"),
    path("tin-bao/da-doc/", notices_views.read, name="read-notices"),
    path("tin-bao/email/", notices_views.set_choices, name="choose-notices"),
    path("tien/", include("shop.producers.money.urls")),
    path("nguoi/", include("shop.producers.team.urls")),
    path("loi-moi/<str:token>/", invitation, name="invitation"),
    path("san-pham/", include("shop.producers.listings.urls")),
    path("lo/", include("shop.producers.lots.urls")),
    path("danh-gia/", include("shop.producers.reviews.urls")),
    path("hoi-dap/", include("shop.producers.questions.urls")),
    path("gom-hang/", supplies, name="supplies"),
    path("kien/", include("shop.producers.parcels.urls")),
]
