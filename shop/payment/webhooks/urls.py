"""`/webhooks/<provider>/`: one line per kind of teller."""

from django.urls import path

from shop.payment.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("<slug:provider>/", views.told, name="told"),
]
