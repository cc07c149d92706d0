from django.urls import path

from shop.order import staff_views

app_name = "orders-staff"
urlpatterns = [
    path("", staff_views.questions, name="questions"),
    path("dia-chi/<int:pk>/", staff_views.decide_address, name="decide-address"),
    path("<slug:number>/", staff_views.conversation, name="conversation"),
    path("<slug:number>/tra-loi/", staff_views.answer, name="answer"),
    path("<slug:number>/khong-can/", staff_views.no_answer, name="no-answer"),
]
