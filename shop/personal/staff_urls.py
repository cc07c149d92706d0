from django.urls import path

from shop.personal import staff_views

app_name = "consents"

urlpatterns = [
    path("", staff_views.index, name="index"),
    path("dia-chi/", staff_views.addresses, name="addresses"),
]
