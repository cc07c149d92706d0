from django.urls import path

from shop.producers.money import views

urlpatterns = [
    path("", views.money, name="money"),
    path("sao-ke.xlsx", views.statement_xlsx, name="statement-xlsx"),
    path("sao-ke.pdf", views.statement_pdf, name="statement-pdf"),
    path("tai-khoan/", views.account, name="payout-account"),
]
