"""Oscar's hooks on an order's way: what a status means for the stock."""

from collections.abc import Sequence
from typing import Any

from oscar.apps.order import processing

from shop.order.models import Line, Order


class EventHandler(processing.EventHandler):
    def handle_order_status_change(
        self, order: Order, new_status: str, note_msg: str | None = None
    ) -> None:
        """As Oscar's; cancelling also releases what the order held."""
        if new_status == "cancelled":
            from shop.order.cancelling import cancel_order

            cancel_order(order, reason=note_msg or "", by=self.user, forced=True)
            return
        super().handle_order_status_change(order, new_status, note_msg)

    def cancel_stock_allocations(
        self,
        order: Order,
        lines: Sequence[Line] | None = None,
        line_quantities: Sequence[int] | None = None,
    ) -> None:
        """Release what is still promised, in stock-record order, never more than that."""
        held = list(
            lines if lines is not None else order.lines.select_related("stockrecord__product")
        )
        held.sort(key=lambda line: line.stockrecord_id or 0)
        for line in held:
            if line.num_allocated and not line.allocation_cancelled:
                line.cancel_allocation(line.num_allocated)

    def create_note(self, order: Order, message: str, note_type: str = "System") -> Any:
        return order.notes.create(message=message, note_type=note_type, user=self.user)
