from django.urls import path

from shop.returns.staff import views

app_name = "returns-staff"
urlpatterns = [
    path("", views.index, name="index"),
    path("quy-dinh/", views.rules_page, name="rules"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/dong-y/", views.approve, name="agree"),
    path("<int:pk>/tu-choi/", views.decline, name="refuse"),
    path("<int:pk>/hoi-them/", views.more, name="ask"),
    path("<int:pk>/hang-ve/", views.came, name="came"),
    path("<int:pk>/hoan-lai/", views.again, name="again"),
    path("<int:pk>/anh/<int:photo>/", views.photo, name="photo"),
]
