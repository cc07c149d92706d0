"""Importing a statement: the file, the columns, what it would do, and doing it."""

import base64
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from shop.payment.models import MoneyReceived
from shop.payment.staff.access import SETTLE, staff_may
from shop.payment.staff.views import work
from shop.payment.statements import (
    COLUMNS,
    LABELS,
    Table,
    Unreadable,
    columns_for,
    import_rows,
    plan,
    read_table,
    remember_columns,
)

SALT = "statement"
#: How long a file that was looked at may wait to be imported, seconds.
PATIENCE = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(SETTLE)
def statement(request: HttpRequest) -> HttpResponse:
    """The page goes through its steps with the file in a signed field: nothing lies on a disk."""
    if request.method != "POST":
        return _draw(request)
    try:
        name, content = _file_of(request)
        table = read_table(name, content)
        columns = _columns(request, table)
        report = plan(table, columns)
    except Unreadable as refusal:
        return _draw(request, error=str(refusal), status=422)
    if request.POST.get("action") == "import":
        remember_columns(table, columns)
        done = import_rows(report, by=request.user)
        applied = sum(row.state == MoneyReceived.State.APPLIED for row in done.money)
        messages.success(
            request,
            ngettext("Đã ghi %(n)s khoản vào đơn.", "Đã ghi %(n)s khoản vào đơn.", applied)
            % {"n": applied},
        )
        if queued := len(done.money) - applied:
            messages.warning(request, _("%(n)s khoản chờ xử lý.") % {"n": queued})
        return redirect("payments:queue")
    sealed = signing.dumps([name, base64.b64encode(content).decode()], salt=SALT, compress=True)
    return _draw(request, report=report, sealed=sealed, choices=_choices(table, columns))


def _file_of(request: HttpRequest) -> tuple[str, bytes]:
    upload: Any = request.FILES.get("file")
    if upload is not None:
        if upload.size > 5 * 1024 * 1024:
            raise Unreadable(_("Tệp lớn quá 5 MB."))
        return upload.name, upload.read()
    try:
        name, packed = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=PATIENCE)
    except signing.BadSignature:
        raise Unreadable(_("Hãy chọn tệp sao kê.")) from None
    return name, base64.b64decode(packed)


def _columns(request: HttpRequest, table: Table) -> dict[str, int]:
    """What the clerk chose, where they did; else what is remembered or guessed."""
    if "column_date" not in request.POST:
        return columns_for(table)
    chosen = {}
    for kind in COLUMNS:
        typed = request.POST.get(f"column_{kind}", "")
        if typed.isascii() and typed.isdigit() and int(typed) < len(table.header):
            chosen[kind] = int(typed)
    return chosen


def _choices(table: Table, columns: dict[str, int]) -> list[dict[str, Any]]:
    names = list(enumerate(table.header))
    return [
        {"kind": kind, "label": LABELS[kind], "chosen": columns.get(kind), "names": names}
        for kind in COLUMNS
    ]


def _draw(request: HttpRequest, *, status: int = 200, **facts: Any) -> HttpResponse:
    context = {"tab": "statement", "work": work(), **facts}
    return render(request, "payment/staff/statement.html", context, status=status)
