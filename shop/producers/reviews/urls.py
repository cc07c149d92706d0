from django.urls import path

from shop.producers.reviews import views

urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("<int:pk>/tra-loi/", views.give_answer, name="answer-review"),
]
