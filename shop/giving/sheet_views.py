"""Recipients from a sheet: looked through first, every row said, then all of them or none."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shop.downloads import XLSX, as_download
from shop.giving.addresses import AddressList, ListedAddress, blank_sheet, read_addresses
from shop.giving.sharing import MOST_RECIPIENTS, add_recipients
from shop.http import ShopRequest
from shop.places.models import Ward

#: What was looked through and waits to be confirmed, in the session.
LOOKED_THROUGH = "recipients_sheet"
MOST_BYTES = 1_000_000


@require_safe
def blank(request: ShopRequest) -> HttpResponse:
    """The sheet to fill in."""
    return as_download(blank_sheet(), XLSX, "nguoi-nhan.xlsx")


@require_POST
def look_through(request: ShopRequest) -> HttpResponse:
    """Say what each row would do; nothing is written yet."""
    if request.basket.is_empty:
        return redirect("basket:summary")
    lines = {str(line.pk): line for line in request.basket.all_lines()}
    line = lines.get(request.POST.get("line", "")) or next(iter(lines.values()))
    file = request.FILES.get("sheet")
    try:
        if file is None:
            raise ValidationError(_("Hãy chọn tệp danh sách."))
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("Tệp quá lớn: nhiều nhất 1 MB."))
        found = read_addresses(file.name or "", file.read())
        if not found.faults and len(found.rows) > MOST_RECIPIENTS:
            raise ValidationError(
                _("Một đơn gửi nhiều nhất %(n)s nơi. Nhiều hơn, mời bạn hỏi giá cho doanh nghiệp.")
                % {"n": MOST_RECIPIENTS}
            )
    except ValidationError as refusal:
        return _page(request, line, AddressList(faults=refusal.messages), status=422)
    if found.faults:
        return _page(request, line, found, status=422)
    request.session[LOOKED_THROUGH] = {"line": line.pk, "rows": [_kept(r) for r in found.rows]}
    return _page(request, line, found)


@require_POST
@never_cache
def write_down(request: ShopRequest) -> HttpResponse:
    """Write what was looked through, in place of the recipients before; all or none."""
    kept = request.session.pop(LOOKED_THROUGH, None)
    if kept is None or request.basket.is_empty:
        messages.error(request, _("Danh sách không còn đây. Hãy đưa tệp lên lần nữa."))
        return redirect("giving:recipients")
    wards = Ward.objects.select_related("province").in_bulk([row["ward"] for row in kept["rows"]])
    wanted: list[Any] = [
        (_columns(row, wards[row["ward"]]), row["greeting"], {kept["line"]: row["quantity"]})
        for row in kept["rows"]
        if row["ward"] in wards
    ]
    try:
        count = add_recipients(request.basket, wanted, replacing=True)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Đã ghi %(n)s người nhận.") % {"n": count})
    return redirect("giving:recipients")


def _kept(row: ListedAddress) -> dict[str, Any]:
    return {
        "name": row.name,
        "phone": row.phone,
        "ward": row.ward.pk,
        "street": row.street,
        "quantity": row.quantity,
        "greeting": row.greeting,
    }


def _columns(row: dict[str, Any], ward: Ward) -> dict[str, Any]:
    """A kept row in the columns of `VietnameseAddressMixin`."""
    return {
        "first_name": row["name"],
        "phone_number": row["phone"],
        "line1": row["street"],
        "line3": ward.full_name,
        "line4": ward.province.full_name,
        "ward_code": ward.code,
        "province_code": ward.province_id,
    }


def _page(request: ShopRequest, line: Any, found: AddressList, status: int = 200) -> HttpResponse:
    context = {"line": line, "found": found, "lines": request.basket.all_lines()}
    return render(request, "giving/sheet_page.html", context, status=status)
