"""The account itself: profile, browsers, sign-ins, and what libraries keep beside it."""

from typing import Any

from auditlog.models import LogEntry
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.models import UserProfile

from shop.audit.keeping import forget_person
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete, forget_changes
from shop.personal.rows import dump
from shop.users.devices import end_session
from shop.users.models import Device, User

_SIGN_INS = (AccessAttempt, AccessFailureLog, AccessLog)


class AccountRoom(Room):
    """The row of the account goes last, in `shop.personal.erasing`, with all that cascades."""

    name = "account"
    title = gettext_lazy("Tài khoản")
    holds = (
        "users.User",
        "users.Device",
        "sessions.Session",
        "axes.AccessAttempt",
        "axes.AccessAttemptExpiration",
        "axes.AccessFailureLog",
        "axes.AccessLog",
        "auditlog.LogEntry",
        "otp_totp.TOTPDevice",
        "otp_static.StaticDevice",
        "otp_static.StaticToken",
        "analytics.UserRecord",
        "analytics.UserProductView",
        "analytics.UserSearch",
        "communication.Email",
        "communication.Notification",
        "payment.Bankcard",
        "wagtailusers.UserProfile",
    )

    def refusals(self, person: Person) -> list[str]:
        user = person.user
        if user and (user.is_staff or user.is_superuser or user.groups.exists()):
            return [
                _("Tài khoản này làm việc cho cửa hàng. Hãy nhờ quản trị gỡ quyền trước khi xóa.")
            ]
        return []

    def export(self, person: Person) -> dict[str, Any]:
        staff_only = ("is_staff", "is_superuser", "is_active", "last_name")
        return {
            "profile": dump(User.objects.filter(person.by_user("pk")), leave_out=staff_only),
            "devices": dump(_devices(person)),
            "sign_ins": [
                row
                for model in _SIGN_INS
                for row in dump(
                    model.objects.filter(_names(person)),
                    leave_out=("get_data", "post_data", "session_hash", "http_accept"),
                )
            ],
        }

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        gone = sum(delete(model.objects.filter(_names(person))) for model in _SIGN_INS)
        if person.user:
            for device in person.user.devices.signed_in():
                end_session(device)
            forget_person(person.user)
            for profile in UserProfile.objects.filter(user=person.user):
                trace.drop(profile.avatar)
            forget_changes(User.objects.filter(pk=person.user.pk))
            LogEntry.objects.filter(actor=person.user).update(actor=None)
        return gone


def _devices(person: Person) -> Any:
    return Device.objects.filter(person.by_user())


def _names(person: Person) -> Q:
    """What wrong and right passwords were counted under, before and since spellings are one."""
    if not (person.user or person.owns_email):
        return Q(pk__in=[])
    names = Q(username__iexact=person.email)
    phone = person.user.phone if person.user else ""
    return names | Q(username=phone) if phone else names
