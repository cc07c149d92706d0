"""What GHN is told of a parcel, in the words of its contract. Sums in đồng, weights in grams."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shop.carriers.ghn.finding import place_of
from shop.carriers.ghn.places import GhnPlace
from shop.order.models import Parcel
from shop.payment.cash import to_collect
from shop.places.models import Ward

if TYPE_CHECKING:
    from shop.carriers.models import Shipment

#: The sender pays GHN; the buyer paid the shop by its own table.
SENDER_PAYS = 1
LIGHT_GOODS = 2
#: Goods are looked at before they are paid for, not tried (shop.payment.methods.cod).
MAY_LOOK, MAY_NOT_LOOK = "CHOXEMHANGKHONGTHU", "KHONGCHOXEMHANG"
#: GHN insures to this sum, đồng.
MOST_INSURED = Decimal(5_000_000)
#: The weight told is the chargeable one, size counted in already (`shipping.pieces`).
SIDE_CM = 10


def fee_payload(parcel: Parcel, places: Mapping[str, Any]) -> dict[str, Any]:
    start, goal = (_place(parcel, side, places) for side in ("from", "to"))
    return {
        "service_type_id": LIGHT_GOODS,
        "from_district_id": start.district_id,
        "from_ward_code": start.ward_code,
        "to_district_id": goal.district_id,
        "to_ward_code": goal.ward_code,
        **_measures(parcel),
        "insurance_value": int(_insured(parcel)),
        "cod_value": int(to_collect(parcel)),
    }


def order_payload(shipment: "Shipment") -> dict[str, Any]:
    parcel = shipment.parcel
    producer, address = parcel.producer, parcel.address
    start, goal = (_place(parcel, side, shipment.places) for side in ("from", "to"))
    return {
        "client_order_code": shipment.reference,
        "payment_type_id": SENDER_PAYS,
        "service_type_id": LIGHT_GOODS,
        "required_note": MAY_NOT_LOOK if parcel.recipient_id else MAY_LOOK,
        "note": parcel.order.buyer_note[:500],
        "from_name": str(producer)[:200],
        "from_phone": _national(producer.phone),
        "from_address": producer.present_address[:500],
        "from_ward_name": start.ward_name,
        "from_district_name": start.district_name,
        "from_province_name": start.province_name,
        "from_district_id": start.district_id,
        "from_ward_code": start.ward_code,
        "to_name": address.first_name[:200],
        "to_phone": _national(str(address.phone_number)),
        "to_address": ", ".join(
            each for each in (address.line1, address.line3, address.line4) if each
        )[:500],
        "to_district_id": goal.district_id,
        "to_ward_code": goal.ward_code,
        "cod_amount": int(to_collect(parcel)),
        "insurance_value": int(_insured(parcel)),
        **_measures(parcel),
        "items": [
            {"name": line.title[:200], "code": line.partner_sku, "quantity": line.quantity}
            for line in parcel.lines.order_by("pk")
        ],
    }


def _place(parcel: Parcel, side: str, places: Mapping[str, Any]) -> GhnPlace:
    """As somebody told it for this parcel, else as GHN knows the ward."""
    told = places.get(side)
    if told:
        return GhnPlace(**told)
    code = parcel.address.ward_code if side == "to" else parcel.producer.ward_id
    return place_of(Ward.objects.select_related("province").get(pk=code), side)


def _insured(parcel: Parcel) -> Decimal:
    goods = sum((line.line_price_incl_tax for line in parcel.lines.all()), Decimal(0))
    return min(goods, MOST_INSURED)


def _measures(parcel: Parcel) -> dict[str, int]:
    return {
        "weight": max(1, parcel.weight_grams),
        "length": SIDE_CM,
        "width": SIDE_CM,
        "height": SIDE_CM,
    }


def _national(e164: str) -> str:
    """`0912345678`."""
    return f"0{e164[3:]}" if e164.startswith("+84") else e164
