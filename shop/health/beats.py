"""Signs of life of what runs outside of requests; in the database, since the asker is elsewhere."""

import logging
from datetime import timedelta

from django.db import DatabaseError, models
from django.db.models import F
from django.utils import timezone

logger = logging.getLogger(__name__)
#: A round of the worker.
WORKER = "worker"
#: With the job's name behind it: a job that failed.
FAILED_JOB = "failed:"


class Beat(models.Model):
    """Something that happens again and again: when last, and how often by now."""

    name = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "health"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S} ({self.count})"


def beat(name: str, *, times: int = 1) -> None:
    """Note that it happened now. Never raises: the work goes on where the database is away."""
    now = timezone.now()
    try:
        row = Beat.objects.filter(name=name[:100])
        if not row.update(at=now, count=F("count") + times):
            first = Beat(name=name[:100], at=now, count=times)
            Beat.objects.bulk_create([first], ignore_conflicts=True)
    except DatabaseError:
        logger.warning("the beat of %s was not written", name)


def age_of(name: str) -> timedelta | None:
    """How long ago it was last heard; None for never."""
    last = Beat.objects.filter(name=name).values_list("at", flat=True).first()
    return timezone.now() - last if last is not None else None
