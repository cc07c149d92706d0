"""What the shop's staff do about producers, at `/quan-ly/nha-san-xuat/`."""

from django.urls import path

from shop.producers import prices_staff as prices
from shop.producers.joining import staff_views as joining

app_name = "producers-staff"
urlpatterns = [
    path("", joining.applications, name="applications"),
    path("gia/", prices.waiting, name="prices"),
    path("gia/<int:pk>/cho-doi/", prices.allow, name="allow-price"),
    path("gia/<int:pk>/khong-doi/", prices.refuse, name="refuse-price"),
    path("don/<int:pk>/", joining.application, name="application"),
    path("don/<int:pk>/duyet/", joining.let_in, name="approve-application"),
    path("don/<int:pk>/tra-lai/", joining.give_back, name="return-application"),
]
