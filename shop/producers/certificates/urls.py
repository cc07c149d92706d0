from django.urls import path

from shop.producers.certificates import views

urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("<int:pk>/ban-chup/", views.scan, name="certificate-scan"),
    path("<int:pk>/rut/", views.take_back, name="withdraw-certificate"),
]
