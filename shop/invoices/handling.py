"""Answering a request: issued with number and day, or declined with the reason."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.invoices.models import InvoiceRequest

Status = InvoiceRequest.Status


def mark_issued(request: InvoiceRequest, number: str, issued_on: date, *, by: Any) -> None:
    """The invoice stands at the provider's. Raises ValidationError by field.

    Said again with another number it corrects the first: an invoice can be replaced.
    """
    placed_on = timezone.localdate(request.order.date_placed)
    if not placed_on <= issued_on <= timezone.localdate():
        raise ValidationError(
            {"issued_on": _("Ngày lập nằm từ ngày đặt hàng đến hôm nay.")}, code="day"
        )
    try:
        _write(request, by, status=Status.ISSUED, number=number, issued_on=issued_on, note="")
    except IntegrityError:
        raise ValidationError({"number": _("Số hóa đơn này đã ghi cho đơn khác.")}) from None


def mark_declined(request: InvoiceRequest, note: str, *, by: Any) -> None:
    """No invoice can be made of it; the buyer reads why on the order's page."""
    _write(request, by, status=Status.DECLINED, number="", issued_on=None, note=note)


def reopen(request: InvoiceRequest, *, by: Any) -> None:
    """Marked by mistake: it waits again."""
    _write(request, by, status=Status.REQUESTED, number="", issued_on=None, note="")


@transaction.atomic
def _write(request: InvoiceRequest, by: Any, **answer: Any) -> None:
    """Only the answer: what the buyer asked for stays as it was frozen."""
    answer = {**answer, "handled_by": by, "handled_at": timezone.now()}
    InvoiceRequest.objects.filter(pk=request.pk).update(**answer)
    request.refresh_from_db()
