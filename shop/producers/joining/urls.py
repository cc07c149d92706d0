from django.urls import path

from shop.producers.joining import views

urlpatterns = [
    path("", views.apply, name="apply"),
    path("cua-toi/", views.application, name="application"),
    path("giay/them/", views.add_paper, name="add-application-paper"),
    path("giay/<int:pk>/", views.paper, name="application-paper"),
    path("giay/<int:pk>/bo/", views.remove_paper, name="remove-application-paper"),
    path("nop/", views.send, name="hand-in-application"),
    path("rut/", views.take_back, name="withdraw-application"),
]
