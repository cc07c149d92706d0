from django.urls import path

from shop.producers.lots import views

urlpatterns = [
    path("", views.lots, name="lots"),
    path("moi/", views.new, name="new-lot"),
    path("<int:pk>/", views.lot, name="lot"),
    path("<int:pk>/sua/", views.edit, name="edit-lot"),
    path("<int:pk>/thu-hoi/", views.take_back, name="recall-lot"),
    path("<int:pk>/tem.pdf", views.stamps, name="lot-stamps"),
    path("<int:pk>/giay/", views.add_lot_paper, name="add-lot-paper"),
    path("<int:pk>/giay/<int:paper>/bo/", views.remove_lot_paper, name="remove-lot-paper"),
]
