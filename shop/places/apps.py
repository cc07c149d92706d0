from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "shop.places"
    label = "places"
    verbose_name = _("Địa giới hành chính")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shop.places.choices import forget_choices_on_change

        forget_choices_on_change()
