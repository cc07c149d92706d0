from django.urls import path

from shop.corporate import quote_views

app_name = "quote"
urlpatterns = [
    path("<slug:token>/", quote_views.quote, name="quote"),
    path("<slug:token>/bao-gia.pdf", quote_views.pdf, name="pdf"),
    path("<slug:token>/chap-nhan/", quote_views.accept, name="accept"),
    path("<slug:token>/tu-choi/", quote_views.decline, name="decline"),
]
