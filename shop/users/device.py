"""Browsers in which somebody has signed in."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeviceQuerySet(models.QuerySet["Device"]):
    def signed_in(self) -> Self:
        """With a session that is not ended."""
        return self.exclude(session_key="")


class Device(models.Model):
    """One browser of one person, known by a random mark in a cookie, of which the hash is kept.

    `session_key` is empty once it signed out; the browser stays known, so that coming back is no
    news. No network address is kept. Only `shop.users.devices` writes.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="devices",
        verbose_name=_("Tài khoản"),
    )
    mark = models.CharField(_("Dấu của trình duyệt"), max_length=64)
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    user_agent = models.CharField(_("Trình duyệt"), max_length=300, blank=True)
    first_seen = models.DateTimeField(_("Đăng nhập lần đầu"), auto_now_add=True)
    last_seen = models.DateTimeField(_("Dùng lần cuối"))

    objects = DeviceQuerySet.as_manager()

    class Meta:
        app_label = "users"
        verbose_name = _("Thiết bị đăng nhập")
        verbose_name_plural = _("Thiết bị đăng nhập")
        ordering = ["-last_seen"]
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="device_once_a_user")]

    def __str__(self) -> str:
        from shop.users.user_agents import words_of

        return words_of(self.user_agent)
