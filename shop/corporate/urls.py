from django.urls import path

from shop.corporate import views

app_name = "corporate"
urlpatterns = [
    path("", views.index, name="index"),
    path("cam-on/", views.thanks, name="thanks"),
    path("danh-sach-nguoi-nhan.xlsx", views.sheet, name="sheet"),
]
