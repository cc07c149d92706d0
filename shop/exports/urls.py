from django.urls import path

from shop.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.index, name="index"),
    path("moi/", views.begin, name="begin"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/tai-ve/", views.download, name="download"),
]
