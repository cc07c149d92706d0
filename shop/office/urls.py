from django.urls import path

from shop.office.numbers.views import numbers
from shop.office.parcels import views as parcels
from shop.office.people import views as people

app_name = "office"
urlpatterns = [
    path("kien/", parcels.parcels, name="parcels"),
    path("kien/<int:pk>/", parcels.parcel, name="parcel"),
    path("kien/<int:pk>/dong-goi/", parcels.pack, name="pack"),
    path("kien/<int:pk>/gui/", parcels.send, name="send"),
    path("kien/<int:pk>/da-giao/", parcels.deliver, name="deliver"),
    path("kien/<int:pk>/tra-lai/", parcels.refuse, name="refuse"),
    path("kien/<int:pk>/nhan.pdf", parcels.label, name="label"),
    path("kien/<int:pk>/phieu.pdf", parcels.slip, name="slip"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/cai-lai/", people.reset_second_step, name="reset-second-step"),
    path("so-lieu/", numbers, name="numbers"),
]
