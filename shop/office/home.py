"""The first page of the office: what waits, and how the day goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.guards import staff_may
from shop.office.waiting import waiting_for


@staff_may()
def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    found = waiting_for(user)
    context = {
        "waiting": [each for each in found if each.count],
        "quiet": [each for each in found if not each.count],
    }
    return render(request, "office/home.html", context)
