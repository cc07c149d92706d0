from django.urls import path

from shop.payment.methods.stripe import views

app_name = "stripe"
urlpatterns = [
    path("<slug:number>/", views.pay, name="pay"),
    path("<slug:number>/ve/", views.returned, name="returned"),
    path("<slug:number>/tinh-hinh/", views.state, name="state"),
    path("<slug:number>/thoi/", views.cancelled, name="cancelled"),
]
