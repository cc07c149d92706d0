from django.urls import path

from shop.giving import recipient_views, sheet_views

app_name = "giving"
urlpatterns = [
    path("", recipient_views.recipients, name="recipients"),
    path("them/", recipient_views.add, name="add"),
    path("<int:pk>/bo/", recipient_views.remove, name="remove"),
    path("mot-noi/", recipient_views.to_one_place, name="to-one-place"),
    path("bang/mau.xlsx", sheet_views.blank, name="blank-sheet"),
    path("bang/", sheet_views.look_through, name="look-through"),
    path("bang/ghi/", sheet_views.write_down, name="write-down"),
]
