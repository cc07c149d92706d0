"""Who may open what: every address of the portal, the dashboard and the editors' office, by role.

An address that is added is walked at once: this reads the map of addresses, not a list.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.users.models import User
from tests.addresses import addresses
from tests.factories import a_buyer, a_producer, a_shop, a_staff_member, a_user, in_group, signed_in
from tests.neighbour import Known, a_neighbour, filled

pytestmark = pytest.mark.django_db

PORTAL, OFFICE, EDITORS = "kenh-san-xuat/", "quan-ly/", "cms/"
REFUSED = (302, 403, 404)
#: Pages of the portal that anyone who is signed in may open, about nobody but themselves.
OF_ONESELF = ("vao-kenh/", "loi-moi/")
#: Doors of the editors' office that stand open to whoever has no account.
DOORS = ("login", "logout", "password_reset", "sprite", "jsi18n")
#: Rows that nobody may have touched after a walk.
KEPT = (
    *("catalogue.Product", "catalogue.ProductImage", "catalogue.Certificate", "catalogue.Lot"),
    "catalogue.LotPaper",
    *("partner.Partner", "partner.StockRecord", "partner.Membership", "partner.PriceChange"),
    *("order.Order", "order.Line", "order.Parcel", "order.OrderMessage", "payment.Payment"),
    *("payment.Refund", "settlements.Entry", "settlements.Payout", "reviews.ProductReview"),
    *("producers.Application", "producers.ApplicationPaper", "producers.Invitation"),
    *(
        "producers.PayoutAccount",
        "producers.CertificateProposal",
        "producers.ImportRun",
        "wagtailcore.Revision",
    ),
    *("catalogue.GiftBox", "catalogue.BoxItem", "catalogue.BoxChoice", "catalogue.BoxDesign"),
    *("questions.Question", "reviews.ReviewPhoto", "communication.Letter"),
    "communication.CommunicationEventType",
    *("returns.ReturnRequest", "returns.ReturnLine", "returns.ReturnPhoto", "returns.ReturnRule"),
    *(
        "order.AddressChange",
        "order.OrderBox",
        "order.Recipient",
        "corporate.QuoteRequest",
        "corporate.Quote",
    ),
    *("personal.Consent", "personal.DataExport"),
    *("promotion.Campaign", "promotion.PromoCode", "promotion.Lookbook"),
    *("shipping.ZoneRate", "shipping.DeliveryRules", "shipping.Fair", "order.ParcelEvent"),
    *("exports.ExportJob", "programme.ProgrammePlan", "otp_totp.TOTPDevice", "order.OrderNote"),
    *("users.User_groups", "auth.Group_permissions"),
    *("wagtailcore.WorkflowState", "cms.BasePage", "voucher.Voucher", "offer.ConditionalOffer"),
)


@pytest.fixture
def theirs() -> Known:
    return a_neighbour()


def rows() -> dict[str, list[Any]]:
    return {
        label: sorted(map(repr, apps.get_model(label)._base_manager.values_list()))
        for label in KEPT
    }


def a_member_next_door(role: Role) -> User:
    member = a_user()
    mine: Partner = a_producer("Nhà mình")
    mine.users.add(member, through_defaults={"role": role})
    return member


def walk(client: Client, prefix: str, theirs: Known, skip: Callable[[str], bool]) -> list[str]:
    """Addresses that answered anything but a refusal."""
    opened = []
    for form, names in addresses(prefix):
        if skip(form):
            continue
        path = filled(form, names, theirs)
        for method in ("get", "post"):
            data = {"reason": "x", "text": "x", "role": "owner", "email": "a@b.vn", "seen": "0"}
            status = getattr(client, method)(path, data).status_code
            if status not in (*REFUSED, 405):
                opened.append(f"{method} {path}: {status}")
    return opened


def is_of_oneself(form: str) -> bool:
    return any(part in form for part in OF_ONESELF)


WHO: dict[str, Callable[[], User | None]] = {
    "visitor": lambda: None,
    "buyer": a_buyer,
    "promoter": lambda: in_group(a_user(), "Promoters"),
    "moderator": lambda: in_group(a_user(), "Moderators"),
    "staff without rights": a_staff_member,
    "packer next door": lambda: a_member_next_door(Role.PACKER),
    "owner next door": lambda: a_member_next_door(Role.OWNER),
}


@pytest.mark.parametrize("who", WHO)
def test_nobody_from_outside_opens_or_changes_anything_of_a_producer(
    who: str, theirs: Known
) -> None:
    person = WHO[who]()
    client = signed_in(person) if person else Client()
    before = rows()
    member = "next door" in who

    def skip(form: str) -> bool:
        # A member's own pages have nothing of another's in their address.
        return is_of_oneself(form) or (member and "{" not in form)

    assert walk(client, PORTAL, theirs, skip) == []
    assert rows() == before


@pytest.mark.parametrize("who", [name for name in WHO if name != "staff without rights"])
def test_nobody_but_staff_opens_the_shops_office(who: str, theirs: Known) -> None:
    person = WHO[who]()
    client = signed_in(person) if person else Client()
    before = rows()
    assert walk(client, OFFICE, theirs, lambda form: "login" in form) == []
    assert rows() == before


def test_staff_without_rights_open_only_the_front_page_of_the_office(
    theirs: Known,
) -> None:
    before = rows()
    opened = walk(signed_in(a_staff_member()), OFFICE, theirs, lambda form: "login" in form)
    assert {line.split(":")[0] for line in opened} <= {"get /quan-ly/", "post /quan-ly/"}
    assert rows() == before


@pytest.mark.parametrize("who", ["visitor", "buyer", "owner next door", "staff without rights"])
def test_nobody_but_editors_opens_the_editors_office(who: str, theirs: Known) -> None:
    person = WHO[who]()
    client = signed_in(person) if person else Client()
    before = rows()
    opened = walk(client, EDITORS, theirs, lambda form: any(door in form for door in DOORS))
    assert opened == []
    assert rows() == before


def test_a_packer_opens_only_what_a_packer_needs() -> None:
    a_shop()
    client = signed_in(a_member_next_door(Role.PACKER))
    opened = {
        form
        for form, names in addresses(PORTAL)
        if not names and not is_of_oneself(form) and client.get(f"/{form}").status_code == 200
    }
    assert opened == {
        PORTAL + each
        for each in ("", "them/", "san-pham/", "lo/", "kien/", "gom-hang/", "tin-bao/")
    }


def test_the_walk_sees_the_house() -> None:
    for prefix, least in ((PORTAL, 60), (OFFICE, 90), (EDITORS, 200)):
        assert len(list(addresses(prefix))) >= least
