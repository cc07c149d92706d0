from django.urls import include, path

from shop.producers import views
from shop.producers.team.views import invitation

app_name = "producers"
urlpatterns = [
    path("", views.home, name="home"),
    path("chon/", views.choose, name="choose"),
    path("them/", views.more, name="more"),
    path("vao-kenh/", include("shop.producers.joining.urls")),
    path("nguoi/", include("shop.producers.team.urls")),
    path("loi-moi/<str:token>/", invitation, name="invitation"),
    path("san-pham/", include("shop.producers.listings.urls")),
    path("lo/", include("shop.producers.lots.urls")),
    path("danh-gia/", include("shop.producers.reviews.urls")),
    path("kien/", views.parcels, name="parcels"),
    path("kien/<int:pk>/", views.parcel, name="parcel"),
    path("kien/<int:pk>/dong-goi/", views.pack, name="pack"),
    path("kien/<int:pk>/gui/", views.ship, name="ship"),
    path("kien/<int:pk>/bi-tra-lai/", views.refuse, name="refuse"),
    path("kien/<int:pk>/da-giao/", views.deliver, name="deliver"),
]
