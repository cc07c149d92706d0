"""`/webhooks/<provider>/`: one line per kind of teller."""

from django.urls import path

from shop.payment.webhooks import stripe, views

app_name = "webhooks"
urlpatterns = [
    path("stripe/", stripe.told, name="stripe"),
    path("<slug:provider>/", views.told, name="told"),
]
