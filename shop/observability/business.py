"""What the database knows of the shop, asked at each scrape: a dozen counts over small indexes."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import Error
from django.db.models import Count, Min, Sum
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from oscar.core.loading import get_model
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from shop.backups.schedule import last_backup
from shop.communication.letters import Letter
from shop.health.beats import FAILED_JOB, WORKER, Beat
from shop.order.models import Order
from shop.payment.models import MoneyReceived, ProviderMessage, Refund

OrderStatusChange = get_model("order", "OrderStatusChange")
logger = logging.getLogger(__name__)
DAY = timedelta(days=1)


class BusinessCollector(Collector):
    """Gauges of the shop. Where the database does not answer: `shop_database_up 0`, no gauges."""

    def collect(self) -> Iterable[Metric]:
        try:
            found = [*_orders(), *_money(), *_letters(), *_background()]
        except Error:
            logger.warning("metrics: the database did not answer", exc_info=True)
            found = []
        up = _gauge("shop_database_up", "Whether the database answered this scrape", bool(found))
        return [up, *found, *_backups()]


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)


def _orders() -> Iterator[Metric]:
    since = timezone.now() - DAY
    steps = GaugeMetricFamily(
        "shop_orders_last_day", "What orders went through in the last 24 hours", labels=["step"]
    )
    steps.add_metric(["placed"], Order.objects.filter(date_placed__gte=since).count())
    changes = OrderStatusChange.objects.filter(date_created__gte=since).order_by()
    counts = dict(changes.values_list("new_status").annotate(Count("pk")))
    # Money came: the order waits no more (`pending-payment` → `placed`).
    paid = changes.filter(old_status="pending-payment", new_status="placed").count()
    steps.add_metric(["paid"], paid)
    for step in ("shipped", "completed", "cancelled", "returned"):
        steps.add_metric([step], counts.get(step, 0))
    yield steps


def _money() -> Iterator[Metric]:
    since = timezone.now() - DAY
    recent = MoneyReceived.objects.filter(created_at__gte=since, state=MoneyReceived.State.APPLIED)
    yield _gauge(
        "shop_money_received_last_day_dong",
        "Money applied to orders in the last 24 hours",
        float(recent.aggregate(Sum("amount"))["amount__sum"] or 0),
    )
    queue = MoneyReceived.objects.filter(state=MoneyReceived.State.QUEUED).aggregate(
        n=Count("pk"), total=Sum("amount")
    )
    yield _gauge("shop_money_queue", "Sums that wait for a person", queue["n"])
    yield _gauge("shop_money_queue_dong", "What they come to", float(queue["total"] or 0))
    refunds = GaugeMetricFamily("shop_refunds", "Refunds not finished", labels=["state"])
    unfinished = Refund.objects.filter(state__in=Refund.UNFINISHED).order_by()
    counts = dict(unfinished.values_list("state").annotate(Count("pk")))
    for state in Refund.UNFINISHED:
        refunds.add_metric([state.value], counts.get(state.value, 0))
    yield refunds
    messages = ProviderMessage.objects.filter(state=ProviderMessage.State.NEW).count()
    yield _gauge("shop_provider_messages_waiting", "Messages stored and not applied", messages)


def _letters() -> Iterator[Metric]:
    letters = GaugeMetricFamily("shop_letters", "Letters not sent", labels=["state"])
    letters.add_metric(["waiting"], Letter.objects.waiting().count())
    letters.add_metric(["failed"], Letter.objects.failed().count())
    yield letters


def _background() -> Iterator[Metric]:
    now = timezone.now()
    rounds = CounterMetricFamily("shop_worker_rounds", "Rounds of the worker")
    failures = CounterMetricFamily("shop_worker_job_failures", "Jobs that failed", labels=["job"])
    for beat in Beat.objects.all():
        if beat.name == WORKER:
            rounds.add_metric([], beat.count)
            age = (now - beat.at).total_seconds()
            yield _gauge("shop_worker_age_seconds", "Since the worker was last heard", age)
        elif beat.name.startswith(FAILED_JOB):
            failures.add_metric([beat.name.removeprefix(FAILED_JOB)], beat.count)
    yield rounds
    yield failures
    queue = DBTaskResult.objects.ready().aggregate(n=Count("pk"), oldest=Min("enqueued_at"))
    waited = (now - queue["oldest"]).total_seconds() if queue["oldest"] else 0
    yield _gauge("shop_tasks_waiting", "Background tasks in the queue", queue["n"])
    yield _gauge("shop_tasks_oldest_seconds", "How long the first of them has waited", waited)


def _backups() -> Iterator[Metric]:
    """Nothing where no archive lies: on a node that makes none."""
    try:
        last = last_backup()
    except OSError:  # a folder that web processes may not read
        return
    if last is not None:
        age = (timezone.now() - last).total_seconds()
        yield _gauge("shop_backup_age_seconds", "Since the newest backup was made", age)
