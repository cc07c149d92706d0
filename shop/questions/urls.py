from django.urls import path

from shop.questions import views

app_name = "questions"
urlpatterns = [
    path("xac-nhan/<str:key>/", views.confirm_question, name="confirm"),
    path("<slug:slug>/", views.of_product, name="of-product"),
]
