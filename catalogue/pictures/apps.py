from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "catalogue.pictures"
    label = "pictures"
    verbose_name = _("Ảnh")

    def ready(self) -> None:
        from catalogue.renditions import ask_for_renditions

        post_save.connect(
            ask_for_renditions,
            sender=self.get_model("Picture"),
            dispatch_uid="pictures.ask_for_renditions",
        )
