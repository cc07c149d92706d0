from django.urls import path

from bench.floor import views

urlpatterns = [
    path("", views.bare),
    path("cards/", views.cards, name="cards"),
    path("cards-jinja/", views.cards_by_jinja),
    path("san-pham/<slug:slug>/", views.bare, name="product"),
]
