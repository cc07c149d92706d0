from django.urls import path

from shop.payment.staff import queue_views, statement_views, views

app_name = "payments"
urlpatterns = [
    path("", views.index, name="index"),
    path("don/<slug:number>/", views.detail, name="detail"),
    path("don/<slug:number>/da-nhan/", views.received, name="received"),
    path("don/<slug:number>/gia-han/", views.extend, name="extend"),
    path("don/<slug:number>/gui-duong-dan/", views.send_link, name="send-link"),
    path("don/<slug:number>/gui-truoc/", views.let_go, name="let-go"),
    path("don/<slug:number>/hoan/", views.refund, name="refund"),
    path("cho-xu-ly/", queue_views.queue, name="queue"),
    path("cho-xu-ly/<int:pk>/", queue_views.resolve, name="resolve"),
    path("hoan-tien/", views.refunds, name="refunds"),
    path("hoan-tien/<int:pk>/da-chuyen/", views.refund_sent, name="refund-sent"),
    path("hoan-tien/<int:pk>/gui-lai/", views.refund_again, name="refund-again"),
    path("hoan-tien/<int:pk>/rut-lai/", views.refund_drop, name="refund-drop"),
    path("tin/", views.provider_messages, name="messages"),
    path("tin/<int:pk>/", views.message_again, name="message-again"),
    path("tai-khoan/", queue_views.account, name="account"),
    path("sao-ke/", statement_views.statement, name="statement"),
    path("so-sach/", views.books, name="books"),
]
