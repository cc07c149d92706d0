"""Letters: emails written in the transaction that causes them, sent after it by the worker."""

from typing import Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Tries before a letter is left for a person to look at.
MOST_ATTEMPTS = 6
#: Letters whose links open somebody's account: staff see that they went, not what they say.
SECRET_EVENTS = frozenset(
    {"PASSWORD_RESET", "PRODUCER_INVITATION", "EMAIL_CONFIRM", "EMAIL_CHANGE"}
)


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        """Letters to send now: not sent, not given up, and not before their next try."""
        return self.filter(
            sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS, next_try_at__lte=timezone.now()
        )

    def failed(self) -> Self:
        """Letters given up after the last try."""
        return self.filter(sent_at__isnull=True, attempts__gte=MOST_ATTEMPTS)

    def in_state(self, state: "State") -> Self:
        if state == State.FAILED:
            return self.failed()
        if state == State.SENT:
            return self.filter(sent_at__isnull=False)
        return self.filter(sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


class State(models.TextChoices):
    """What became of a letter, in the words of staff."""

    WAITING = "cho", _("Chờ gửi")
    SENT = "da-gui", _("Đã gửi")
    FAILED = "hong", _("Không gửi được")


class Letter(models.Model):
    """One email to one address. Kept, so that staff see what was sent and what failed."""

    event_code = models.CharField(_("Sự kiện"), max_length=60)
    to = models.EmailField(_("Gửi đến"))
    subject = models.CharField(_("Tiêu đề"), max_length=250)
    text = models.TextField(_("Nội dung chữ"))
    html = models.TextField(_("Nội dung HTML"), blank=True)
    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    order = models.ForeignKey(
        "order.Order",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("Đơn hàng"),
    )
    #: Whose it is whatever address they have now; empty where the address alone says it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("Tài khoản"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("Số lần gửi"), default=0)
    next_try_at = models.DateTimeField(_("Gửi lúc"), default=timezone.now)
    sent_at = models.DateTimeField(_("Đã gửi lúc"), null=True, blank=True)
    last_error = models.TextField(_("Lỗi lần cuối"), blank=True)
    #: Where one press ends letters of this kind (RFC 8058); empty for what an order needs.
    stop_link = models.CharField(_("Đường dẫn thôi nhận"), max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        app_label = "communication"
        verbose_name = _("Thư")
        verbose_name_plural = _("Thư")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(sent_at=None), name="letter_waiting"
            ),
            models.Index(Lower("to"), name="letter_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.event_code} → {self.to}"

    @property
    def state(self) -> State:
        if self.sent_at:
            return State.SENT
        return State.FAILED if self.attempts >= MOST_ATTEMPTS else State.WAITING

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def may_be_read(self) -> bool:
        """Whether staff may read it.

        In the demo, where no letter leaves and staff's password is known to all, also what opens
        an account, but never one that may do more than buy.
        """
        if self.event_code not in SECRET_EVENTS:
            return True
        return settings.DEMO_MODE and not _has_rights(self.to)


def _has_rights(email: str) -> bool:
    rights = Q(is_staff=True) | Q(is_superuser=True)
    rights |= Q(groups__isnull=False) | Q(user_permissions__isnull=False)
    return get_user_model().objects.filter(rights, email__iexact=email).exists()
