from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "shop.giving"
    label = "giving"
