from django.urls import path

from shop.producers.bulk import views

urlpatterns = [
    path("", views.bulk, name="bulk"),
    path("bang-gia.xlsx", views.download, {"kind": "xlsx"}, name="price-list-xlsx"),
    path("bang-gia.csv", views.download, {"kind": "csv"}, name="price-list-csv"),
    path("<int:pk>/", views.run, name="import-run"),
    path("<int:pk>/ghi/", views.apply, name="apply-import"),
]
