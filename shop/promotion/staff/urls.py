from django.urls import path

from shop.promotion.staff import views

app_name = "promotion-staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/duyet/", views.accept, name="approve"),
    path("<int:pk>/khong-duyet/", views.decline, name="refuse"),
]
