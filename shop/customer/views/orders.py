"""A buyer's past orders. Each opens by its own page, which knows its owner."""

from django.db.models import QuerySet
from django.views.generic import ListView

from shop.order.models import Order

ORDERS_A_PAGE = 10


class OrderListView(ListView):
    template_name = "customer/orders.html"
    context_object_name = "orders"
    paginate_by = ORDERS_A_PAGE
    extra_context = {"active_tab": "orders"}

    def get_queryset(self) -> QuerySet[Order]:
        return (
            Order.objects.filter(user=self.request.user)
            .order_by("-date_placed")
            .prefetch_related("lines__picture")
        )
