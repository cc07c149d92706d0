from django.urls import path

from shop.shipping.staff import views

app_name = "delivery-staff"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:kind>/them/", views.add, name="add"),
    path("<slug:kind>/<int:pk>/", views.edit, name="edit"),
    path("<slug:kind>/<int:pk>/xoa/", views.remove, name="remove"),
]
