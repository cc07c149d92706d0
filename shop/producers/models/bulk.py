"""Price lists that producers hand back: looked through first, applied whole or not at all."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.private_files import private_storage


def _place_of_list(run: "ImportRun", name: str) -> str:
    return f"imports/{run.producer_id}/{name}"


class ImportRun(models.Model):
    """One file. `report` is `[{"row": 2, "kind": "update", "words": "…"}]`, by the file's rows."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Đang xem thử")
        CHECKED = "checked", _("Xem thử xong")
        REFUSED = "refused", _("Có dòng sai")
        APPLYING = "applying", _("Đang ghi")
        APPLIED = "applied", _("Đã ghi")

    #: States in which a worker is at it.
    BUSY = (State.CHECKING, State.APPLYING)

    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("Nhà sản xuất"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file = models.FileField(
        _("Tệp"), upload_to=_place_of_list, storage=private_storage, max_length=250
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.CHECKING
    )
    total = models.PositiveIntegerField(_("Số dòng"), default=0)
    report = models.JSONField(default=list)
    created_at = models.DateTimeField(_("Gửi lúc"), auto_now_add=True)
    applied_at = models.DateTimeField(_("Ghi lúc"), null=True, blank=True)

    class Meta:
        app_label = "producers"
        verbose_name = _("Lần nhập bảng")
        verbose_name_plural = _("Lần nhập bảng")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.producer} · {self.get_state_display()}"
