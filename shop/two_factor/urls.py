from django.urls import path

from shop.two_factor import views

app_name = "two_factor"
urlpatterns = [
    path("", views.index, name="index"),
    path("ma/", views.ask, name="ask"),
    path("cai-dat/", views.setup, name="setup"),
    path("ma-du-phong/", views.codes, name="codes"),
    path("bo/", views.give_up, name="give-up"),
]
