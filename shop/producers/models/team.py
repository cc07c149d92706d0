"""Invitations to work for a producer."""

import secrets
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.partner.membership import Role

VALID_DAYS = 14


def new_token() -> str:
    return secrets.token_urlsafe(24)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Sent, neither taken up nor taken back, and not too old."""
        oldest = timezone.now() - timedelta(days=VALID_DAYS)
        return self.filter(accepted_at=None, withdrawn_at=None, created_at__gt=oldest)


class Invitation(models.Model):
    """One letter with a link; whoever has the letter may take it up, once."""

    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=_("Nhà sản xuất"),
    )
    email = models.EmailField(_("Email"))
    role = models.CharField(_("Vai trò"), max_length=10, choices=Role.choices)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Người mời"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(_("Nhận lời lúc"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người nhận lời"),
    )
    withdrawn_at = models.DateTimeField(_("Thu lại lúc"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        app_label = "producers"
        verbose_name = _("Lời mời")
        verbose_name_plural = _("Lời mời")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("producers:invitation", args=[self.token])
