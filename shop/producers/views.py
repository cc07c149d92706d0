"""The producers' channel: what to do today, for whom, and the way to the rest."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalogue.models import Product
from catalogue.money import format_dong
from shop.partner.membership import Role
from shop.producers.access import SESSION_KEY, ProducerRequest, members_only
from shop.producers.listings.rows import rows_of, with_rows
from shop.producers.models import Notice
from shop.producers.notices import as_they_stand, with_parcels
from shop.producers.today import Sales, sales_of, todays_work
from shop.promotion.chart import BARS_ALONE, Chart, bar_chart
from shop.settlements.paying import next_payout

#: Unread notices and own goods on the first page.
NEWS_SHOWN = 3
GOODS_SHOWN = 6


@require_GET
@members_only(at_least=Role.PACKER, newcomers_to="producers:application")
def home(request: HttpRequest) -> HttpResponse:
    """Today's work, own goods, and for owners what was sold."""
    producer = cast(ProducerRequest, request).producer
    user: Any = request.user
    own = Product.objects.filter(producer=producer, parent=None, archived_at=None)
    goods = list(with_rows(own.select_related("producer"))[: GOODS_SHOWN + 1])
    unread = Notice.objects.filter(user=user, producer=producer).unread()
    context = {
        "active_tab": "home",
        "work": todays_work(producer),
        "news": as_they_stand(with_parcels(unread)[:NEWS_SHOWN]),
        "rows": rows_of(goods[:GOODS_SHOWN], producer),
        "has_more": len(goods) > GOODS_SHOWN,
    }
    if cast(ProducerRequest, request).membership.may(Role.OWNER):
        sales = sales_of(producer)
        context |= {"sales": sales, "chart": _chart(sales), "payout": next_payout(producer)}
    return render(request, "producers/home.html", context)


def _chart(sales: Sales) -> Chart:
    first, last = (date_format(day, "d/m") for day, _sum in (sales.lately[0], sales.lately[-1]))
    best, most = max(sales.lately, key=lambda each: each[1])
    words = _("Từng ngày, %(first)s–%(last)s: nhiều nhất %(most)s ngày %(best)s.")
    if not most:
        words = _("Từng ngày, %(first)s–%(last)s: chưa bán được.")
    told = {"most": format_dong(most), "best": date_format(best, "d/m")}
    title = words % {"first": first, "last": last, **told}
    return bar_chart(title, sales.lately, is_money=True, frame=BARS_ALONE)


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
