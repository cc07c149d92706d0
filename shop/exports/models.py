"""Spreadsheets made in the background: what was asked for, how far it is, where it lies."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.private_files import private_storage

#: Days for which a finished sheet is kept.
KEPT_DAYS = 7
#: After so many minutes without a word a running job is taken for dead and begun anew.
SILENT_MINUTES = 10


def _place_of_sheet(job: "ExportJob", name: str) -> str:
    return f"exports/{job.pk}/{name}"


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    def to_run(self) -> Self:
        """Waiting, or begun by a worker that has not been heard of since."""
        silent = timezone.now() - timedelta(minutes=SILENT_MINUTES)
        return self.filter(
            models.Q(state=ExportJob.State.WAITING)
            | models.Q(state=ExportJob.State.RUNNING, heard_at__lt=silent)
        ).order_by("pk")

    def too_old(self) -> Self:
        """Asked for longer ago than sheets are kept."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class ExportJob(models.Model):
    """One spreadsheet for the one person who asked for it. Kept for a week, with its file."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang xuất")
        DONE = "done", _("Xong")
        FAILED = "failed", _("Không xuất được")

    #: The name of a `shop.exports.sheets.Sheet`.
    kind = models.CharField(_("Loại bảng"), max_length=20)
    #: The filters of the list it was asked from, as in the list's address.
    query = models.TextField(_("Bộ lọc"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("Người yêu cầu"),
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.WAITING
    )
    rows_done = models.PositiveIntegerField(_("Số dòng đã ghi"), default=0)
    rows_total = models.PositiveIntegerField(_("Tổng số dòng"), default=0)
    file = models.FileField(
        _("Tệp"), upload_to=_place_of_sheet, storage=private_storage, max_length=250, blank=True
    )
    error = models.CharField(_("Lỗi"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Yêu cầu lúc"), auto_now_add=True)
    heard_at = models.DateTimeField(_("Ghi gần nhất lúc"), null=True, blank=True)
    finished_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        app_label = "exports"
        verbose_name = _("Lần xuất dữ liệu")
        verbose_name_plural = _("Các lần xuất dữ liệu")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-id"], name="export_job_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.rows_done * 100 // self.rows_total) if self.rows_total else 0
