"""What the shop's staff do about producers, at `/quan-ly/nha-san-xuat/`."""

from django.urls import path

from shop.producers import prices_staff as prices
from shop.producers.certificates import staff_views as certificates
from shop.producers.joining import staff_views as joining

app_name = "producers-staff"
urlpatterns = [
    path("", joining.applications, name="applications"),
    path("chung-nhan/", certificates.proposals, name="certificates"),
    path("chung-nhan/<int:pk>/ban-chup/", certificates.scan, name="certificate-scan"),
    path("chung-nhan/<int:pk>/xac-nhan/", certificates.accept, name="confirm-certificate"),
    path("chung-nhan/<int:pk>/tu-choi/", certificates.turn_down, name="refuse-certificate"),
    path("gia/", prices.waiting, name="prices"),
    path("gia/<int:pk>/cho-doi/", prices.allow, name="allow-price"),
    path("gia/<int:pk>/khong-doi/", prices.refuse, name="refuse-price"),
    path("don/<int:pk>/", joining.application, name="application"),
    path("don/<int:pk>/duyet/", joining.let_in, name="approve-application"),
    path("don/<int:pk>/tra-lai/", joining.give_back, name="return-application"),
]
