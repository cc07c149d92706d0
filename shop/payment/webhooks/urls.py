"""`/webhooks/<provider>/`: one line per provider that tells the shop about money."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
