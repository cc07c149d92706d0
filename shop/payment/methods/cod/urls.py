from django.urls import path

from shop.payment.methods.cod import views

app_name = "cod"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<slug:number>/xac-nhan/", views.confirm, name="confirm"),
    path("<slug:number>/huy/", views.decline, name="decline"),
]
