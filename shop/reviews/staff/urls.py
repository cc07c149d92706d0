from django.urls import path

from shop.reviews.staff import views

app_name = "reviews-staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/dang/", views.approve, name="approve"),
    path("<int:pk>/khong-dang/", views.reject, name="reject"),
]
