from django.urls import path

from shop.producers.listings import views

urlpatterns = [
    path("", views.listings, name="listings"),
    path("them/", views.new, name="new-listing"),
    path("<int:pk>/", views.listing, name="listing"),
    path("<int:pk>/kho/", views.set_stock, name="set-stock"),
    path("<int:pk>/loi/", views.words, name="listing-words"),
    path("<int:pk>/anh/", views.add_photos, name="listing-photos"),
    path("<int:pk>/anh/<int:picture>/", views.change_photo, name="change-photo"),
    path("<int:pk>/nhan/", views.label, name="listing-label"),
    path("<int:pk>/gia/", views.price, name="listing-price"),
    path("<int:pk>/gia/<int:record>/", views.set_price, name="set-price"),
    path("<int:pk>/loai/", views.add_variant, name="add-variant"),
    path("<int:pk>/loai/<int:variant>/", views.change_variant, name="change-variant"),
    path("<int:pk>/loai/<int:variant>/ngung/", views.drop_variant, name="drop-variant"),
    path("<int:pk>/lich-su/", views.history, name="listing-history"),
    path("<int:pk>/xem-lai/", views.review, name="listing-review"),
    path("<int:pk>/gui-duyet/", views.hand_in, name="hand-in-listing"),
    path("<int:pk>/rut-lai/", views.withdraw, name="withdraw-listing"),
    path("<int:pk>/bo-ban-soan/", views.discard, name="discard-listing"),
    path("<int:pk>/ngung-ban/", views.archive, name="archive-listing"),
    path("<int:pk>/ban-lai/", views.bring_back, name="bring-back-listing"),
    path("<int:pk>/sao-chep/", views.copy, name="copy-listing"),
]
