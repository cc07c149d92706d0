"""Buyers with accounts, for those who answer them: orders, sums, what they agreed to."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shop.guards import staff_may
from shop.order.models import Order
from shop.payment.registry import method_label
from shop.personal.models import Consent
from shop.promotion.numbers import NOT_SOLD
from shop.users.models import User

LOOK = "office.view_customers"
A_PAGE = 50
MOST_ORDERS = 100


def customers_found(words: str) -> Any:
    """Accounts by name, email or phone; all for no words. Names are typed with their marks."""
    rows = User.objects.filter(is_staff=False).order_by("-date_joined", "-pk")
    words = words.strip()
    if not words:
        return rows
    digits = "".join(filter(str.isdigit, words)).removeprefix("84").lstrip("0")
    found = Q(first_name__icontains=words) | Q(email__icontains=words)
    if len(digits) >= 6:
        found |= Q(phone__contains=digits)
    return rows.filter(found)


def with_sums(rows: Any) -> Any:
    """How many orders each has, what they came to in đồng, and when the last was."""
    kept = ~Q(orders__status__in=NOT_SOLD)
    return rows.annotate(
        order_count=Count("orders", filter=kept),
        order_sum=Sum("orders__total_incl_tax", filter=kept),
        last_order=Max("orders__date_placed"),
    )


@require_safe
@staff_may(LOOK)
def customers(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    found = customers_found(words)
    pages = Paginator(found.values_list("pk", flat=True), A_PAGE)
    page = pages.get_page(request.GET.get("trang"))
    # Sums of the fifty that are shown, not of everybody.
    people = with_sums(User.objects.filter(pk__in=list(page))).order_by("-date_joined", "-pk")
    context = {"page": page, "people": people, "asked": words}
    return render(request, "office/customers/list.html", context)


@require_safe
@staff_may(LOOK)
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(with_sums(User.objects.all()), pk=pk, is_staff=False)
    orders = (
        Order.objects.filter(user=person)
        .select_related("payment", "shipping_address")
        .order_by("-date_placed")[:MOST_ORDERS]
    )
    context = {
        "person": person,
        "orders": [(order, method_label(order.payment_method)) for order in orders],
        "addresses": person.addresses.all(),
        "consents": _latest_consents(person),
    }
    return render(request, "office/customers/detail.html", context)


def _latest_consents(person: User) -> list[Consent]:
    """The last answer to each question."""
    latest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(user=person).order_by("pk"):
        latest[consent.purpose] = consent
    return list(latest.values())
