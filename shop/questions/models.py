"""What people ask about a product, and what its producer or the shop answers."""

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def _new_key() -> str:
    return secrets.token_urlsafe(24)


class QuestionQuerySet(models.QuerySet["Question"]):
    def shown(self) -> Self:
        """What everybody reads."""
        return self.filter(status=Question.Status.SHOWN)

    def waiting(self) -> Self:
        """What a moderator reads next."""
        return self.filter(status=Question.Status.WAITING)

    def rejected(self) -> Self:
        return self.filter(status=Question.Status.REJECTED)

    def unanswered(self) -> Self:
        return self.shown().filter(answer="")


class Question(models.Model):
    """One question about a product with a page of its own; read by others once approved.

    `email` and `user` are never shown. `key` opens the link that confirms a guest's address.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Chờ người hỏi xác nhận email")
        WAITING = "waiting", _("Chờ duyệt")
        SHOWN = "shown", _("Đã đăng")
        REJECTED = "rejected", _("Không đăng")

    class From(models.TextChoices):
        PRODUCER = "producer", _("Nhà sản xuất")
        SHOP = "shop", _("Cửa hàng")

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="questions",
        verbose_name=_("Sản phẩm"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người hỏi"),
    )
    name = models.CharField(_("Tên hiện ra"), max_length=60, blank=True)
    email = models.EmailField(_("Email"))
    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    text = models.TextField(_("Câu hỏi"), max_length=500)
    status = models.CharField(
        _("Trạng thái"), max_length=12, choices=Status.choices, default=Status.WAITING
    )
    rejected_because = models.CharField(_("Vì sao không đăng"), max_length=300, blank=True)
    key = models.CharField(max_length=40, unique=True, default=_new_key, editable=False)
    asked_at = models.DateTimeField(_("Hỏi lúc"), auto_now_add=True)

    answer = models.TextField(_("Câu trả lời"), max_length=2000, blank=True)
    answered_from = models.CharField(
        _("Bên trả lời"), max_length=10, choices=From.choices, blank=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người trả lời"),
    )
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True, blank=True)
    told_at = models.DateTimeField(_("Báo người hỏi lúc"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        app_label = "questions"
        verbose_name = _("Câu hỏi về sản phẩm")
        verbose_name_plural = _("Câu hỏi về sản phẩm")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["product", "status"], name="question_of_product")]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("questions:of-product", kwargs={"slug": self.product.slug})

    @property
    def is_shown(self) -> bool:
        return self.status == self.Status.SHOWN

    @property
    def is_rejected(self) -> bool:
        return self.status == self.Status.REJECTED

    @property
    def may_be_confirmed(self) -> bool:
        return self.status == self.Status.UNCONFIRMED

    @property
    def author_name(self) -> str:
        """The first name they chose, never an address."""
        return str(_("Người mua")) if not self.name or "@" in self.name else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
