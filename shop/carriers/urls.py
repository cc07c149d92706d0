from django.urls import path

from shop.carriers import webhooks

app_name = "carriers"
urlpatterns = [path("<slug:carrier>/", webhooks.told, name="told")]
