"""The audit log for staff who have the right to read it."""

from datetime import datetime, time
from typing import Any

from auditlog.models import LogEntry
from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shop.audit.reading import VERBS, readable, watched_kinds
from shop.days import DayField
from shop.guards import staff_may
from shop.office.forms import SearchForm

LOOK = "auditlog.view_logentry"
A_PAGE = 50
ANY = ("", _("Tất cả"))


class LogFilter(SearchForm):
    """Who, what, when, on which thing; each may stay open."""

    ai = forms.CharField(label=_("Ai (tên hoặc email)"), required=False, max_length=100)
    loai = forms.TypedChoiceField(
        label=_("Loại"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: [ANY, *watched_kinds()],
    )
    viec = forms.TypedChoiceField(
        label=_("Việc"), required=False, coerce=int, empty_value=None, choices=[ANY, *VERBS.items()]
    )
    vat = forms.CharField(label=_("Tên hoặc mã số"), required=False, max_length=100)
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)

    def found(self) -> Any:
        """Entries that fit, newest first; a filter that cannot be read is left out."""
        self.is_valid()
        asked: dict[str, Any] = getattr(self, "cleaned_data", {})
        rows = LogEntry.objects.select_related("actor", "content_type").order_by(
            "-timestamp", "-pk"
        )
        if who := asked.get("ai"):
            rows = rows.filter(Q(actor__first_name__icontains=who) | Q(actor_email__icontains=who))
        if kind := asked.get("loai"):
            rows = rows.filter(content_type=kind)
        if (verb := asked.get("viec")) is not None:
            rows = rows.filter(action=verb)
        if thing := asked.get("vat"):
            rows = rows.filter(Q(object_pk=thing) | Q(object_repr__icontains=thing))
        if since := asked.get("tu"):
            rows = rows.filter(timestamp__gte=_moment(since, time.min))
        if until := asked.get("den"):
            rows = rows.filter(timestamp__lte=_moment(until, time.max))
        return rows


def _moment(day: Any, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


@require_safe
@staff_may(LOOK)
def log(request: HttpRequest) -> HttpResponse:
    form = LogFilter(request.GET)
    page = Paginator(form.found(), A_PAGE).get_page(request.GET.get("trang"))
    context = {"form": form, "page": page, "entries": readable(page)}
    return render(request, "audit/log.html", context)
