"""GHN's words for what happens to a parcel, and what they mean to us."""

from shop.order.models import ParcelEvent

Status = ParcelEvent.Status
MEANING = {
    "ready_to_pick": Status.CREATED,
    "picking": Status.CREATED,
    "money_collect_picking": Status.CREATED,
    "cancel": Status.CANCELLED,
    "picked": Status.PICKED,
    "storing": Status.MOVING,
    "transporting": Status.MOVING,
    "sorting": Status.MOVING,
    "delivering": Status.OUT,
    "money_collect_delivering": Status.OUT,
    "delivered": Status.DELIVERED,
    "delivery_fail": Status.FAILED,
    "waiting_to_return": Status.RETURNING,
    "return": Status.RETURNING,
    "return_transporting": Status.RETURNING,
    "return_sorting": Status.RETURNING,
    "returning": Status.RETURNING,
    "return_fail": Status.RETURNING,
    "returned": Status.RETURNED,
    "exception": Status.PROBLEM,
    "damage": Status.PROBLEM,
    "lost": Status.PROBLEM,
}
