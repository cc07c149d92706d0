from django.urls import path

from shop.payment.methods.vietqr import views

app_name = "vietqr"
urlpatterns = [
    path("<slug:number>/", views.transfer, name="transfer"),
    path("<slug:number>/tinh-hinh/", views.state, name="state"),
    path("<slug:number>/da-chuyen/", views.claimed, name="claimed"),
]
