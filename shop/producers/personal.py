"""Those who began to open a producers' channel, and those invited into one."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete, forget_changes
from shop.personal.rows import dump
from shop.producers.models import Application, ApplicationPaper, Invitation, NoEmail, Notice


class ProducersRoom(Room):
    name = "producers"
    title = gettext_lazy("Kênh sản xuất")
    holds = (
        "producers.Application",
        "producers.ApplicationPaper",
        "producers.Invitation",
        "producers.Notice",
        "producers.NoEmail",
        "partner.Membership",
    )

    def refusals(self, person: Person) -> list[str]:
        user = person.user
        if user is None:
            return []
        if user.partners.exists():
            return [_("Tài khoản này làm việc cho một nhà sản xuất. Hãy rời nhóm trước khi xóa.")]
        Status = Application.Status
        told = {
            Status.WAITING: _("Đơn vào kênh sản xuất của bạn đã nộp. Hãy rút đơn trước khi xóa."),
            Status.APPROVED: _("Đơn vào kênh sản xuất của bạn đã được duyệt. Hãy hỏi cửa hàng."),
        }
        own = Application.objects.filter(applicant=user, status__in=told)
        if (status := own.values_list("status", flat=True).first()) is not None:
            return [told[Status(status)]]
        return []

    def export(self, person: Person) -> Any:
        applications = _applications(person)
        return {
            "applications": dump(applications, leave_out=("decided_by",)),
            "papers": dump(ApplicationPaper.objects.filter(application__in=applications)),
            "invitations": dump(
                Invitation.objects.filter(person.by_email()),
                leave_out=("invited_by", "accepted_by"),
                also=("producer__name",),
            ),
            "notices": dump(Notice.objects.filter(person.by_user())),
        }

    def files(self, person: Person) -> Iterable[Any]:
        papers = ApplicationPaper.objects.filter(application__in=_applications(person))
        return [paper.file for paper in papers]

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        applications = _applications(person)
        for paper in ApplicationPaper.objects.filter(application__in=applications):
            trace.drop(paper.file)
        Invitation.objects.filter(person.by_email()).delete()
        Notice.objects.filter(person.by_user()).delete()
        NoEmail.objects.filter(person.by_user()).delete()
        forget_changes(applications)
        return delete(applications)


def _applications(person: Person) -> Any:
    return Application.objects.filter(person.by_user("applicant"))
