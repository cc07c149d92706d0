"""Own parcels: a carrier called to fetch one, its label, its fee, its own name of a place."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.money import format_dong
from shop.carriers.base import Carrier, CarrierFailed, PlaceUnknown
from shop.carriers.calling import call_carrier, cancel_call, tell_place
from shop.carriers.models import Shipment
from shop.carriers.registry import carrier_of
from shop.order.models import Parcel
from shop.order.steps import StepNotPossible
from shop.partner.membership import Role
from shop.places.models import Ward
from shop.producers.access import ProducerRequest, members_only
from shop.producers.parcels.views import own_parcels

OTHER = ""


class PlaceForm(forms.Form):
    """One of the places that a ward may be, or the carrier's codes as they are."""

    place = forms.ChoiceField(
        label=gettext_lazy("Xã, phường theo bên vận chuyển"),
        required=False,
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=gettext_lazy("Mã quận, huyện / mã xã, phường"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Ví dụ 1451/20308, xem ở trang tạo đơn của bên vận chuyển."),
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if choices:
            field = cast(forms.ChoiceField, self.fields["place"])
            field.choices = [*choices, (OTHER, _("Nơi khác, ghi mã ở dưới"))]
        else:
            del self.fields["place"]

    @property
    def chosen(self) -> str:
        data = self.cleaned_data
        return str(data.get("place") or data["code"]).strip()


@require_POST
@members_only(at_least=Role.PACKER)
def call(request: HttpRequest, pk: int, carrier: str) -> HttpResponse:
    """Have a carrier fetch the parcel; pressed twice, it comes once."""
    own, found = _own(request, pk), _carrier(carrier)

    def ask() -> str:
        shipment = call_carrier(own, found, by=request.user)
        told = {"who": found.label, "number": shipment.tracking_number}
        return _("%(who)s đã nhận gọi, mã vận đơn %(number)s.") % told

    return _answered(request, own, found, ask)


@require_POST
@members_only(at_least=Role.PACKER)
def ask_fee(request: HttpRequest, pk: int, carrier: str) -> HttpResponse:
    """What the carrier would take for it; the buyer paid by the shop's own table."""
    own, found = _own(request, pk), _carrier(carrier)

    def ask() -> str:
        shipment = own.shipments.exclude(state=Shipment.State.CANCELLED).first()
        fee = found.quote(own, shipment.places if shipment else None)
        return _("%(who)s báo phí %(fee)s.") % {"who": found.label, "fee": format_dong(fee)}

    return _answered(request, own, found, ask)


@require_POST
@members_only(at_least=Role.PACKER)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    own = _own(request, pk)

    def ask() -> str:
        cancel_call(own)
        return _("Đã hủy gọi.")

    return _answered(request, own, None, ask)


@require_GET
@members_only(at_least=Role.PACKER)
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """To the carrier's own label of the parcel."""
    own = _own(request, pk)
    shipment = get_object_or_404(own.shipments.filter(state=Shipment.State.CREATED))
    try:
        return redirect(_carrier(shipment.carrier).label_url(shipment))
    except CarrierFailed as refusal:
        messages.error(request, str(refusal))
        return redirect("producers:parcel", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.PACKER)
def place(request: HttpRequest, pk: int, carrier: str, side: str) -> HttpResponse:
    """Which of the carrier's places the recipient's, or one's own, ward is; for this parcel."""
    own, found = _own(request, pk), _carrier(carrier)
    code = own.address.ward_code if side == "to" else own.producer.ward_id
    ward = get_object_or_404(Ward.objects.select_related("province"), pk=code or "")
    try:
        choices = found.places_of(ward)
    except CarrierFailed:
        choices = []
    form = PlaceForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        told = found.told_place(ward, form.chosen)
        if told is None:
            form.add_error("code", _("Hãy chọn một nơi, hoặc ghi mã như 1451/20308."))
        else:
            try:
                tell_place(own, found, side, told)
            except StepNotPossible as refusal:
                messages.error(request, str(refusal))
                return redirect("producers:parcel", pk=pk)
            messages.success(request, _("Đã ghi. Bấm gọi lần nữa."))
            return redirect("producers:parcel", pk=pk)
    context = {
        "active_tab": "parcels",
        "parcel": own,
        "form": form,
        "ward": ward,
        "carrier": found,
        "side": side,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "producers/parcels/place.html", context, status=status)


def _answered(
    request: HttpRequest, own: Parcel, carrier: Carrier | None, ask: Callable[[], str]
) -> HttpResponse:
    """What became of asking, in words; to the form of a place that the carrier does not know."""
    try:
        messages.success(request, ask())
    except PlaceUnknown as unknown:
        messages.error(request, str(unknown))
        assert carrier is not None
        return redirect(f"producers:carrier-place-{unknown.side}", own.pk, carrier.code)
    except (CarrierFailed, StepNotPossible) as refusal:
        messages.error(request, str(refusal))
    return redirect("producers:parcel", pk=own.pk)


def _own(request: HttpRequest, pk: int) -> Parcel:
    return get_object_or_404(own_parcels(cast(ProducerRequest, request)), pk=pk)


def _carrier(code: str) -> Carrier:
    found = carrier_of(code)
    if found is None or not found.comes_when_called:
        raise Http404
    return found
