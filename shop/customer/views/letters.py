"""What happened, as it was told by letter: the account's list of its own letters."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shop.communication.personal import letters_to
from shop.order.access import private
from shop.personal.registry import Person

LETTERS_A_PAGE = 20


@login_required
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    letters = letters_to(Person.of(user)).select_related("order").defer("text", "html")
    page = Paginator(letters, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "active_tab": "letters"}
    return render(request, "customer/letters.html", context)


@login_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own, as text."""
    user: Any = request.user
    found = get_object_or_404(letters_to(Person.of(user)).select_related("order"), pk=pk)
    context = {"letter": found, "active_tab": "letters"}
    return private(render(request, "customer/letter.html", context))
