"""What to bring to where gift boxes are packed."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.producers.supplies.bringing import trips


@require_GET
@members_only(at_least=Role.PACKER)
def supplies(request: HttpRequest) -> HttpResponse:
    producer = cast(ProducerRequest, request).producer
    context = {"active_tab": "parcels", "trips": trips(producer)}
    return render(request, "producers/supplies/index.html", context)
