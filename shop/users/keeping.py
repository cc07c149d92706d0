"""Sign-ins and sessions whose time is over."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_old_sign_ins() -> int:
    """Right and wrong passwords after their time, and sessions that ended: they hold addresses."""
    now = timezone.now()
    before = now - timedelta(days=settings.KEEP_DAYS["sign_ins"])
    gone = sum(
        model.objects.filter(attempt_time__lt=before).delete()[0]
        for model in (AccessAttempt, AccessFailureLog, AccessLog)
    )
    return gone + Session.objects.filter(expire_date__lt=now).delete()[0]
