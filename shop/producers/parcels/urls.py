from django.urls import path

from shop.producers.parcels import carrier_views, views
from shop.returns import producer_views as reports

urlpatterns = [
    path("", views.parcels, name="parcels"),
    path("<int:pk>/", views.parcel, name="parcel"),
    path("<int:pk>/dong-goi/", views.pack, name="pack"),
    path("<int:pk>/tach/", views.split, name="split-parcel"),
    path("<int:pk>/lo/<int:line>/", views.choose_lot, name="choose-lot"),
    path("<int:pk>/nhan/", views.label, name="parcel-label"),
    path("<int:pk>/phieu/", views.slip, name="parcel-slip"),
    path("<int:pk>/thiep/", views.greeting, name="parcel-greeting"),
    path("<int:pk>/phieu-qua/", views.gift_receipt, name="parcel-gift-receipt"),
    path("<int:pk>/nhan-tin/", views.write_to_buyer, name="write-to-buyer"),
    path("<int:pk>/goi/<slug:carrier>/", carrier_views.call, name="call-carrier"),
    path("<int:pk>/hoi-phi/<slug:carrier>/", carrier_views.ask_fee, name="carrier-fee"),
    path("<int:pk>/huy-goi/", carrier_views.cancel, name="cancel-call"),
    path("<int:pk>/nhan-van-chuyen/", carrier_views.label, name="carrier-label"),
    path(
        "<int:pk>/noi/<slug:carrier>/den/",
        carrier_views.place,
        {"side": "to"},
        name="carrier-place-to",
    ),
    path(
        "<int:pk>/noi/<slug:carrier>/di/",
        carrier_views.place,
        {"side": "from"},
        name="carrier-place-from",
    ),
    path("<int:pk>/gui/", views.ship, name="ship"),
    path("<int:pk>/bi-tra-lai/", views.refuse, name="refuse"),
    path("<int:pk>/da-giao/", views.deliver, name="deliver"),
    path("<int:pk>/bao-loi/<int:asked>/", reports.report, name="parcel-report"),
    path("<int:pk>/bao-loi/<int:asked>/hang-ve/", reports.came, name="report-goods"),
    path("<int:pk>/bao-loi/<int:asked>/anh/<int:photo>/", reports.photo, name="report-photo"),
]
