from django.urls import path

from shop.questions.staff import views

app_name = "questions-staff"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/dang/", views.approve, name="approve"),
    path("<int:pk>/khong-dang/", views.reject, name="reject"),
    path("<int:pk>/tra-loi/", views.give_answer, name="answer"),
]
