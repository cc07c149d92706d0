from django.urls import path

from shop.settlements.staff import views

app_name = "settlements"
urlpatterns = [
    path("", views.index, name="index"),
    path("so-sach/", views.books, name="books"),
    path("lap/", views.make, name="prepare"),
    path("chuyen-khoan.xlsx", views.bank_list, name="bank-list"),
    path("<int:pk>/da-chuyen/", views.paid, name="paid"),
    path("<int:pk>/khong-chuyen/", views.not_paid, name="cancel"),
    path("nha-san-xuat/<int:pk>/", views.producer, name="producer"),
    path("nha-san-xuat/<int:pk>/dieu-chinh/", views.correct, name="adjust"),
]
