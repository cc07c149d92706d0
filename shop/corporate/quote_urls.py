from django.urls import path

from shop.corporate import quote_views

app_name = "quote"
urlpatterns = [
    path("<str:token>/", quote_views.quote, name="quote"),
    path("<str:token>/bao-gia.pdf", quote_views.pdf, name="pdf"),
    path("<str:token>/chap-nhan/", quote_views.accept, name="accept"),
    path("<str:token>/tu-choi/", quote_views.decline, name="decline"),
]
