"""Who works for a producer, and what they may do there."""

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Role(models.TextChoices):
    """Each may do what those before it may: pack; write and price; people and money."""

    PACKER = "packer", gettext_lazy("Người đóng gói")
    EDITOR = "editor", gettext_lazy("Người soạn tin")
    OWNER = "owner", gettext_lazy("Chủ")

    def covers(self, other: "Role") -> bool:
        """Whether this role may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class LastOwner(Exception):
    """A producer without an owner could not be run by anyone. The message is for the person."""

    def __init__(self) -> None:
        super().__init__(_("Phải còn ít nhất một chủ. Hãy giao quyền chủ cho người khác trước."))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user: Any) -> Self:
        """This person's places, with their producers, by the producer's name."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user).select_related("partner").order_by("partner__name", "pk")


class Membership(models.Model):
    """One person at one producer, the least of roles unless another is given."""

    partner = models.ForeignKey(
        "partner.Partner",
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=gettext_lazy("Nhà sản xuất"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=gettext_lazy("Người"),
    )
    role = models.CharField(
        gettext_lazy("Vai trò"), max_length=10, choices=Role.choices, default=Role.PACKER
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        app_label = "partner"
        # Oscar's own table of who belongs to whom, with a role added.
        db_table = "partner_partner_users"
        verbose_name = gettext_lazy("Thành viên")
        verbose_name_plural = gettext_lazy("Thành viên")
        unique_together = (("partner", "user"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.partner} · {self.get_role_display()}"

    def may(self, role: Role) -> bool:
        """Whether this person may do what `role` may."""
        return Role(self.role).covers(role)


@transaction.atomic
def change_role(membership: Membership, role: Role) -> Membership:
    """Give another role. Raises LastOwner when nobody would own the producer."""
    found = _locked(membership)
    if found is None:
        raise Membership.DoesNotExist
    if role != Role.OWNER:
        _keep_an_owner(found)
    found.role = role
    found.save(update_fields=["role"])
    return found


@transaction.atomic
def leave(membership: Membership) -> None:
    """This person no longer works there; harmless twice. Raises LastOwner."""
    found = _locked(membership)
    if found is not None:
        _keep_an_owner(found)
        found.delete()


def _locked(membership: Membership) -> Membership | None:
    """The row as it is now, with the producer's other rows held: two owners cannot both leave."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(partner=membership.partner_id)
    return next((row for row in rows.order_by("pk") if row.pk == membership.pk), None)


def _keep_an_owner(membership: Membership) -> None:
    others = Membership.objects.filter(partner=membership.partner_id, role=Role.OWNER)
    if membership.role == Role.OWNER and not others.exclude(pk=membership.pk).exists():
        raise LastOwner
