from django.urls import path

from shop.giving import recipient_views as views

app_name = "giving"
urlpatterns = [
    path("", views.recipients, name="recipients"),
    path("them/", views.add, name="add"),
    path("<int:pk>/bo/", views.remove, name="remove"),
    path("mot-noi/", views.to_one_place, name="to-one-place"),
]
