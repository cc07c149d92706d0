"""Our two-tier places in GHN's own three tiers: a district's number and a ward's code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GhnPlace(models.Model):
    """The district and ward that GHN knows one of our present wards as."""

    ward = models.OneToOneField(
        "places.Ward",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("Xã, phường"),
    )
    province_name = models.CharField(_("Tỉnh theo GHN"), max_length=100, blank=True)
    district_id = models.PositiveIntegerField(_("Mã quận, huyện của GHN"))
    district_name = models.CharField(_("Quận, huyện theo GHN"), max_length=100, blank=True)
    ward_code = models.CharField(_("Mã phường, xã của GHN"), max_length=20)
    ward_name = models.CharField(_("Phường, xã theo GHN"), max_length=100, blank=True)

    class Meta:
        app_label = "carriers"
        verbose_name = _("Nơi theo GHN")
        verbose_name_plural = _("Nơi theo GHN")

    def __str__(self) -> str:
        return f"{self.ward_id} {self.district_id}/{self.ward_code}"
