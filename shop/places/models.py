"""Places of Vietnam since 1/7/2025, and the communes that they were before.

The law: NQ 202/2025/QH15 (34 provinces, no districts, from 1/7/2025); for Bắc Ninh, into which
Bắc Giang went, NQ 1658/NQ-UBTVQH15 of 16/6/2025 (its communes), NQ 39/2026/QH16 (Thành phố
Bắc Ninh, from 20/9/2026) and NQ 388/NQ-UBTVQH16 of 4/8/2026 (twelve communes become wards,
Lục Nam among them). Rows come from the vendored lists, by `manage.py load_places`.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.places.names import UnitKind, folded_name, unit_phrase
from shop.places.querysets import FormerCommuneQuerySet, ProvinceQuerySet, WardQuerySet
from shop.places.regions import Region


class Findable(models.Model):
    """A place with the text by which it is found: folded, kept beside its names."""

    folded = models.CharField(_("tên không dấu"), max_length=190, editable=False, db_index=True)

    class Meta:
        abstract = True

    def fold_names(self) -> str:
        """Set and return the searched text; `save` does so, bulk writers must."""
        self.folded = folded_name(self.searched_text())
        return self.folded

    def searched_text(self) -> str:
        """Return the names by which this place is found."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_names()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded"}
        super().save(*args, **kwargs)


class Province(Findable):
    """One of the 34 provinces and centrally run cities (NQ 202/2025/QH15).

    `code` is text, since codes have leading zeros ("01" is Hà Nội, "24" Bắc Ninh).
    """

    code = models.CharField(_("mã"), max_length=5, primary_key=True)
    name = models.CharField(_("tên"), max_length=60)
    full_name = models.CharField(_("tên đầy đủ"), max_length=80)
    kind = models.CharField(_("loại"), max_length=10, choices=UnitKind)
    region = models.CharField(_("vùng giao hàng"), max_length=5, choices=Region)
    legal_note = models.CharField(_("căn cứ pháp lý"), max_length=500, blank=True)
    is_current = models.BooleanField(_("còn hiệu lực"), default=True)

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tỉnh, thành phố")
        verbose_name_plural = _("tỉnh, thành phố")
        ordering = ["folded", "code"]

    def __str__(self) -> str:
        return self.full_name

    def searched_text(self) -> str:
        return self.name

    @property
    def phrase(self) -> str:
        """Name as it stands in an address, in the current language: "TP Bắc Ninh"."""
        return unit_phrase(self.kind, self.name)


class Ward(Findable):
    """A commune, ward or special zone: the only tier below the province since 1/7/2025.

    New codes reuse the code of one of the merged communes (07498, now Bắc Lũng, was Yên
    Sơn), so former communes have a table of their own and are never looked up by code.
    A unit that the law ends stays, with `is_current` off: addresses point to it.
    """

    code = models.CharField(_("mã"), max_length=5, primary_key=True)
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        related_name="wards",
        verbose_name=_("tỉnh, thành phố"),
    )
    name = models.CharField(_("tên"), max_length=60)
    full_name = models.CharField(_("tên đầy đủ"), max_length=80)
    kind = models.CharField(_("loại"), max_length=10, choices=UnitKind)
    legal_note = models.CharField(_("căn cứ pháp lý"), max_length=500, blank=True)
    is_current = models.BooleanField(_("còn hiệu lực"), default=True)

    objects = WardQuerySet.as_manager()

    class Meta:
        verbose_name = _("xã, phường, đặc khu")
        verbose_name_plural = _("xã, phường, đặc khu")
        ordering = ["folded", "code"]

    def __str__(self) -> str:
        return self.full_name

    def searched_text(self) -> str:
        return self.name

    @property
    def phrase(self) -> str:
        """Name as it stands in an address, in the current language: "xã Bắc Lũng"."""
        return unit_phrase(self.kind, self.name)

    @property
    def present_address(self) -> str:
        """Ward and province: "xã Bắc Lũng, TP Bắc Ninh". Reads the province."""
        return f"{self.phrase}, {self.province.phrase}"


class FormerCommune(Findable):
    """A commune as it was before 1/7/2025, with the present ward that holds it.

    People, labels and stories still say "xã Yên Sơn, huyện Lục Nam, tỉnh Bắc Giang"; the law
    (NQ 202/2025/QH15, NQ 1658/NQ-UBTVQH15) made that part of xã Bắc Lũng. A commune that was
    divided points to the ward that the source gives for most of it. No code: present wards
    carry the old ones.
    """

    name = models.CharField(_("tên"), max_length=60)
    kind = models.CharField(_("loại"), max_length=10, choices=UnitKind)
    former_district = models.CharField(_("huyện cũ"), max_length=60)
    former_district_kind = models.CharField(
        _("loại huyện cũ"),
        max_length=10,
        choices=UnitKind,
        default=UnitKind.RURAL_DISTRICT,
    )
    former_province = models.CharField(_("tỉnh cũ"), max_length=60)
    former_province_kind = models.CharField(
        _("loại tỉnh cũ"), max_length=10, choices=UnitKind, default=UnitKind.PROVINCE
    )
    ward = models.ForeignKey(
        Ward,
        on_delete=models.PROTECT,
        related_name="former_communes",
        verbose_name=_("xã, phường hiện nay"),
    )

    objects = FormerCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("xã cũ")
        verbose_name_plural = _("xã cũ")
        ordering = ["folded", "pk"]
        constraints = [
            # Both kinds belong to it: Đồng Tháp had a city and a district named Cao Lãnh.
            models.UniqueConstraint(
                fields=[
                    "former_province", "former_district", "former_district_kind", "kind", "name"
                ],
                name="places_former_commune_once",
            )
        ]  # fmt: skip

    def searched_text(self) -> str:
        # The commas part the name from the rest, so that a whole name can be told from a prefix.
        return f"{self.name}, {self.former_district}, {self.former_province}"

    def __str__(self) -> str:
        return ", ".join(
            (
                unit_phrase(self.kind, self.name),
                unit_phrase(self.former_district_kind, self.former_district),
                unit_phrase(self.former_province_kind, self.former_province),
            )
        )


class LoadedList(models.Model):
    """Which release of the vendored lists the tables hold; the newest row counts."""

    version = models.CharField(max_length=40, primary_key=True)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản danh mục đã nạp")
        verbose_name_plural = _("bản danh mục đã nạp")
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return self.version
