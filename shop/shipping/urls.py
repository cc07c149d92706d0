from django.urls import path

from shop.shipping import views

app_name = "delivery"
urlpatterns = [path("", views.choose_province, name="choose-province")]
