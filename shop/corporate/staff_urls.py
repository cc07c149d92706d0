from django.urls import path

from shop.corporate import staff_views

app_name = "quotes-staff"
urlpatterns = [
    path("", staff_views.index, name="index"),
    path("<int:pk>/", staff_views.detail, name="detail"),
    path("<int:pk>/soan/", staff_views.draft, name="draft"),
    path("<int:pk>/dong/", staff_views.close, name="close"),
    path("<int:pk>/tep/<slug:which>/", staff_views.file, name="file"),
    path("<int:pk>/nguoi-nhan.xlsx", staff_views.recipients, name="recipients"),
    path("ban/<int:pk>/", staff_views.edit, name="edit"),
    path("ban/<int:pk>/gui/", staff_views.send, name="send"),
    path("ban/<int:pk>/bao-gia.pdf", staff_views.pdf, name="pdf"),
]
