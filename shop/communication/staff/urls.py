from django.urls import path

from shop.communication.staff import log_views, wording_views

app_name = "letters"
urlpatterns = [
    path("", log_views.index, name="index"),
    path("<int:pk>/", log_views.detail, name="detail"),
    path("<int:pk>/noi-dung/", log_views.body, name="body"),
    path("<int:pk>/gui-lai/", log_views.again, name="again"),
    path("mau/", wording_views.kinds, name="kinds"),
    path("mau/<slug:code>/", wording_views.edit, name="edit"),
    path("mau/<slug:code>/xem/", wording_views.preview, name="preview"),
]
