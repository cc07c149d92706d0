"""The producers' channel: what to do today, for whom, and the way to the rest."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shop.partner.membership import Membership, Role
from shop.producers.access import SESSION_KEY, ProducerRequest, members_only
from shop.producers.models import Notice
from shop.producers.today import todays_work

#: Unread notices on the first page.
NEWS_SHOWN = 3


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponseBase:
    """Today's work; who works for nobody yet is led to the application."""
    if not Membership.objects.of(request.user).exists():
        return redirect("producers:application")
    return _today(request)


@members_only(at_least=Role.PACKER)
def _today(request: HttpRequest) -> HttpResponse:
    producer = cast(ProducerRequest, request).producer
    user: Any = request.user
    news = Notice.objects.filter(user=user, producer=producer).unread()[:NEWS_SHOWN]
    return render(
        request,
        "producers/home.html",
        {"active_tab": "home", "work": todays_work(producer), "news": news},
    )


@require_POST
@members_only(at_least=Role.PACKER)
def choose(request: HttpRequest) -> HttpResponse:
    """Work for another of one's producers."""
    own = {str(each.partner_id) for each in cast(ProducerRequest, request).memberships}
    if (chosen := request.POST.get("producer", "")) in own:
        request.session[SESSION_KEY] = int(chosen)
    return redirect("producers:home")


@require_GET
@members_only(at_least=Role.PACKER)
def more(request: HttpRequest) -> HttpResponse:
    """The rest of the channel, for what is not needed every day."""
    return render(request, "producers/more.html", {"active_tab": "more"})
