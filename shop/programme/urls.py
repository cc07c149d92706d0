from django.urls import path

from shop.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.board, name="board"),
    path("bao-cao.xlsx", views.report, name="report"),
    path("ke-hoach/moi/", views.add_plan, name="add-plan"),
    path("ke-hoach/<int:pk>/", views.edit_plan, name="plan"),
]
