"""A buyer's past orders. Each opens by its own page, which knows its owner."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from shop.order.claiming import claimable
from shop.order.models import Order

ORDERS_A_PAGE = 10
#: `loc` of the address → its name and the statuses that it shows.
FILTERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (_("Tất cả"), ()),
    "cho": (_("Chờ trả tiền, chờ xác nhận"), ("pending-payment", "to-confirm")),
    "dang-giao": (_("Đang chuẩn bị, đang giao"), ("placed", "packing", "shipped")),
    "xong": (_("Đã xong"), ("completed", "returned")),
    "huy": (_("Đã hủy"), ("cancelled",)),
}


class OrderListView(ListView):
    template_name = "customer/orders.html"
    context_object_name = "orders"
    paginate_by = ORDERS_A_PAGE
    extra_context = {"active_tab": "orders"}

    @property
    def chosen(self) -> str:
        asked = self.request.GET.get("loc", "")
        return asked if asked in FILTERS else ""

    @property
    def words(self) -> str:
        """What is looked for: a part of the number, or of the name of something in it."""
        return self.request.GET.get("q", "").strip()[:60]

    def get_queryset(self) -> QuerySet[Order]:
        orders = Order.objects.filter(user=self.request.user)
        if statuses := FILTERS[self.chosen][1]:
            orders = orders.filter(status__in=statuses)
        if self.words:
            by_title = orders.filter(lines__title__icontains=self.words)
            by_number = orders.filter(number__icontains=self.words)
            orders = orders.filter(pk__in=by_title.values("pk")) | by_number
        return orders.order_by("-date_placed").prefetch_related("lines__picture")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            filters=[(code, name, code == self.chosen) for code, (name, _all) in FILTERS.items()],
            chosen=self.chosen,
            words=self.words,
            to_claim=claimable(user).count(),
            **kwargs,
        )
