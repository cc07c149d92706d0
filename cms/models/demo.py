"""Which version of the demo shop the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedDemo(models.Model):
    """A loaded version of the demo's texts and pictures; the newest row counts."""

    version = models.CharField(max_length=64, primary_key=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("bản trình diễn đã nạp")
        verbose_name_plural = _("bản trình diễn đã nạp")
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return self.version
