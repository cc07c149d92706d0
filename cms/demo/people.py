"""The five people of the demo. Their password is published: they exist in demo mode only."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.roles import MODERATORS, PROMOTERS
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.staff import GROUPS

PASSWORD = "cho-phien-demo"
PRODUCER_OF = "to-hop-tac-banh-mat-thanh-lam"


@dataclass(frozen=True)
class Person:
    role: str
    email: str
    name: str
    #: Where this person goes after signing in.
    path: str
    groups: tuple[str, ...] = ()
    producer: str = ""
    is_staff: bool = False


PEOPLE = (
    Person("Người mua", "nguoimua@phiencho.example", "Người mua mẫu", "/tai-khoan/"),
    Person(
        "Nhà sản xuất (Bánh mật)",
        "banhmat@phiencho.example",
        "Nhà sản xuất mẫu",
        "/kenh-san-xuat/",
        producer=PRODUCER_OF,
    ),
    Person(
        "Người viết chuyện",
        "vietchuyen@phiencho.example",
        "Người viết chuyện mẫu",
        "/cms/",
        groups=(PROMOTERS,),
    ),
    Person(
        "Kiểm duyệt viên",
        "kiemduyet@phiencho.example",
        "Kiểm duyệt viên mẫu",
        "/cms/",
        groups=(MODERATORS,),
    ),
    Person(
        "Nhân viên cửa hàng",
        "nhanvien@phiencho.example",
        "Nhân viên mẫu",
        "/quan-ly/",
        groups=tuple(GROUPS),
        is_staff=True,
    ),
)


def may_have_known_passwords() -> bool:
    """Never in production, whatever a command was told."""
    return settings.SHOP_MODE != "production"


def load_people(advance: Callable[[], None]) -> None:
    """The people with their rights; existing accounts keep their passwords."""
    if not may_have_known_passwords():
        return
    User = get_user_model()
    for person in PEOPLE:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(email=person.email, password=PASSWORD)
            user.first_name = person.name
            user.is_staff = person.is_staff
            user.email_verified_at = timezone.now()
            user.save()
        user.groups.add(*Group.objects.filter(name__in=person.groups))
        if person.producer:
            Partner.objects.get(code=person.producer).users.add(
                user, through_defaults={"role": Role.OWNER}
            )
        advance()


def sign_ins() -> str:
    """A table of who may sign in where, with the password."""
    rows = [(person.role, person.email, f"{settings.BASE_URL}{person.path}") for person in PEOPLE]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    head = f"Phiên chợ: {settings.BASE_URL}/   (mật khẩu chung: {PASSWORD})"
    return "\n".join([head, "", *lines])
