from django.urls import path

from shop.producers.questions import views

urlpatterns = [
    path("", views.questions, name="questions"),
    path("<int:pk>/tra-loi/", views.give_answer, name="answer-question"),
]
