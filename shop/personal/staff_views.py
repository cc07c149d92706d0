"""Staff look up who agreed to what, and take the addresses that may be written to."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook

from shop.audit.noting import note
from shop.guards import staff_may
from shop.invoices.export import safe_text
from shop.personal.consenting import withdraw_link
from shop.personal.models import Consent, hash_of
from shop.personal.purposes import NEWS, PURPOSES

ROWS_A_PAGE = 50
LOOK = "personal.view_consent"
TAKE = "personal.take_addresses"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Email"), required=False, max_length=254)
    purpose = forms.ChoiceField(label=gettext_lazy("Mục đích"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Tất cả")), *((code, each.title) for code, each in PURPOSES.items())]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Consent]:
        """By the whole address, also of somebody who was erased; by a part of one that is kept."""
        self.is_valid()
        rows = Consent.objects.all()
        if purpose := self.cleaned_data.get("purpose"):
            rows = rows.filter(purpose=purpose)
        if words := self.cleaned_data.get("q"):
            rows = rows.filter(Q(email_hash=hash_of(words)) | Q(email__icontains=words))
        return rows


@staff_may(LOOK)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page = Paginator(form.found(), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    context = {"form": form, "page": page, "purposes": PURPOSES, "agreeing": _agreeing().count()}
    return render(request, "personal/staff_consents.html", context)


@staff_may(LOOK, TAKE)
@require_POST
def addresses(request: HttpRequest) -> HttpResponse:
    """Who agrees to letters of news now, each with the link by which they get out."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Đang đồng ý"))
    sheet.append([_("Email"), _("Đồng ý lúc"), _("Ngôn ngữ"), _("Đường dẫn thôi nhận")])
    rows = list(_agreeing())
    for each in rows:
        when = f"{timezone.localtime(each.at):%d/%m/%Y %H:%M}"
        sheet.append([safe_text(each.email), when, each.language, withdraw_link(NEWS, each.email)])
    file = BytesIO()
    book.save(file)
    if rows:
        words = f"Tải {len(rows)} địa chỉ đang đồng ý nhận thư"
        note(rows[0], words, by=request.user, taken=True)
    return HttpResponse(
        file.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="dong-y-nhan-thu.xlsx"'},
    )


def _agreeing() -> QuerySet[Consent]:
    """The latest answer of each address, where it is a yes."""
    later = Consent.objects.counted().filter(
        email_hash=OuterRef("email_hash"), purpose=NEWS.code, pk__gt=OuterRef("pk")
    )
    rows = Consent.objects.counted().filter(purpose=NEWS.code, granted=True).exclude(email="")
    return rows.exclude(Exists(later)).order_by("email")
