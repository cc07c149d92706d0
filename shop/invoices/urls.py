from django.urls import path

from shop.invoices import views

app_name = "invoices"
urlpatterns = [
    path("", views.index, name="index"),
    path("xuat.xlsx", views.export, name="export"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/da-xuat/", views.issued, name="issued"),
    path("<int:pk>/khong-xuat/", views.declined, name="declined"),
    path("<int:pk>/mo-lai/", views.opened_again, name="reopen"),
]
