"""Who may open what: every address of the portal, the dashboard and the editors' office, by role.

An address that is added is walked at once: this reads the map of addresses, not a list.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from catalogue.models import LotPaper
from shop.communication.letters import MOST_ATTEMPTS, Letter
from shop.exports.models import ExportJob
from shop.order.fulfilment import hand_over
from shop.order.models import AddressChange
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.partner.pricing import Price, set_price
from shop.producers.joining.applying import hand_in
from shop.producers.listings.photos import add_photos
from shop.producers.models import CertificateProposal, ImportRun
from shop.producers.team.inviting import invite
from shop.programme.models import ProgrammePlan
from shop.settlements.models import Payout
from shop.shipping.models import ZoneRate
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_certificate,
    a_gift_box,
    a_lot,
    a_picture,
    a_producer,
    a_product,
    a_question,
    a_review,
    a_shop,
    a_staff_member,
    a_user,
    a_variant_product,
    an_application,
    an_order,
    an_upload,
    in_group,
    signed_in,
)
from tests.shop.corporate.making import a_request
from tests.shop.promotion.making import a_campaign
from tests.shop.returns.making import a_report, late

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


def addresses(prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each address under `prefix` as a form with `{name}` in it, and the names."""
    yield from (
        each for each in _walk(get_resolver().url_patterns, "") if each[0].startswith(prefix)
    )


def _walk(patterns: Any, before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if "LocalePrefix" in type(entry.pattern).__name__:
                yield from _walk(entry.url_patterns, before)
            else:
                yield from _walk(entry.url_patterns, before + _form(entry.pattern))
        elif isinstance(entry, URLPattern):
            form = before + _form(entry.pattern)
            yield form, tuple(re.findall(r"\{(\w+)\}", form))


def _form(pattern: Any) -> str:
    text = str(pattern)
    if "(?P" in text or text.startswith("^"):
        text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", text)
        return text.lstrip("^").rstrip("$").replace("\\", "").replace("/?", "/")
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)


@pytest.fixture
def theirs() -> dict[str, dict[str, Any]]:
    """A producer with one of everything, by the part of the address that names it."""
    a_shop()
    owner = a_user(first_name="Chủ nhà bên")
    producer = a_producer("Nhà bên", members=[owner])
    product = a_product(producer=producer, picture=a_picture(), first_published_at=timezone.now())
    variants = a_variant_product(producer=producer)
    box = a_gift_box(of={product: 1}, producer=producer)
    record = product.stockrecords.get()
    set_price(record, Price(record.price * 3), by=owner)
    add_photos(product, [an_upload()], by=owner)
    product.refresh_from_db()
    picture = product.get_latest_revision_as_object().gallery[-1]["picture"]
    parcel = an_order(product).parcels.get()
    asked = a_report(late(hand_over(parcel, "Bưu điện")), reason="never-came", photos=[an_upload()])
    address = parcel.order.shipping_address
    change = AddressChange.objects.create(
        order=parcel.order, old=address, new=address, state="asked"
    )
    application = an_application(a_buyer())
    hand_in(application)
    proposal = CertificateProposal.objects.create(
        product=product,
        stars=4,
        decision_number="1/QĐ",
        decided_on=timezone.localdate(),
        issuer="UBND",
        scan=SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
    )
    a_certificate(product)
    lot = a_lot(product)
    LotPaper.objects.create(lot=lot, title="Ảnh mẻ nấu", picture=a_picture())
    payout = Payout.objects.create(
        producer=producer, amount=90_000, until=timezone.localdate(), bank_bin="970405", number="1"
    )
    return {
        "bao-gia/": {"pk": a_request({box: 1}).pk},
        "cms/hop-qua/": {"pk": box.pk},
        "quang-ba/": {"pk": a_campaign().pk},
        "san-pham/": {"pk": product.pk, "record": record.pk, "picture": picture},
        "san-pham/{pk}/kho/": {"pk": record.pk},
        "san-pham/{pk}/loai/": {"pk": variants.pk, "variant": variants.children.first().pk},
        "lo/": {"pk": lot.pk, "paper": lot.papers.get().pk},
        "danh-gia/": {"pk": a_review(product).pk},
        "hoi-dap/": {"pk": a_question(product).pk},
        "thu/": {"pk": a_failed_letter().pk},
        "kien/{pk}/bao-loi/": {"asked": asked.pk, "photo": asked.photos.get().pk},
        "tra-hang/": {"pk": asked.pk, "photo": asked.photos.get().pk},
        "don-hang/": {"number": parcel.order.number, "pk": change.pk},
        "hoi-ve-don/": {"number": parcel.order.number, "pk": change.pk},
        "kien/": {"pk": parcel.pk, "line": parcel.lines.get().pk},
        "nguoi/": {"pk": producer.memberships.get().pk},
        "nguoi/moi/": {"pk": invite(producer, "x@example.vn", Role.OWNER, by=owner).pk},
        "bang/": {"pk": ImportRun.objects.create(producer=producer, by=owner, file="a.csv").pk},
        "chung-nhan/": {"pk": proposal.pk},
        "vao-kenh/": {"pk": application.papers.get().pk},
        "tra-tien/": {"pk": payout.pk},
        "nha-san-xuat/don/": {"pk": application.pk},
        "nha-san-xuat/gia/": {"pk": record.price_changes.get().pk},
        "giao-hang/": {"kind": "cuoc", "pk": ZoneRate.objects.first().pk},
        "tien/": {"number": parcel.order.number, "pk": 1},
        "khach-hang/": {"pk": owner.pk},
        "quan-ly/nguoi/": {"pk": owner.pk},
        "xuat/": {"pk": ExportJob.objects.create(kind="orders", by=owner).pk},
        "ke-hoach/": {"pk": ProgrammePlan.objects.create(year=2024, place="x", source="x").pk},
    }


def a_failed_letter() -> Letter:
    return Letter.objects.create(
        event_code="ORDER_PAID",
        to="a@b.vn",
        subject="x",
        text="x",
        html="x",
        attempts=MOST_ATTEMPTS,
    )


def filled(form: str, names: tuple[str, ...], theirs: dict[str, dict[str, Any]]) -> str:
    """The address of the neighbour's thing; of the first row where the address is not ours."""
    known: dict[str, Any] = {}
    for part in sorted(theirs, key=len):
        if part in form:
            known.update(theirs[part])
    return "/" + form.format(**{name: known.get(name, 1) for name in names})


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


def walk(
    client: Client, prefix: str, theirs: dict[str, dict[str, Any]], skip: Callable[[str], bool]
) -> list[str]:
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
    who: str, theirs: dict[str, dict[str, Any]]
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
def test_nobody_but_staff_opens_the_shops_office(
    who: str, theirs: dict[str, dict[str, Any]]
) -> None:
    person = WHO[who]()
    client = signed_in(person) if person else Client()
    before = rows()
    assert walk(client, OFFICE, theirs, lambda form: "login" in form) == []
    assert rows() == before


def test_staff_without_rights_open_only_the_front_page_of_the_office(
    theirs: dict[str, dict[str, Any]],
) -> None:
    before = rows()
    opened = walk(signed_in(a_staff_member()), OFFICE, theirs, lambda form: "login" in form)
    assert {line.split(":")[0] for line in opened} <= {"get /quan-ly/", "post /quan-ly/"}
    assert rows() == before


@pytest.mark.parametrize("who", ["visitor", "buyer", "owner next door", "staff without rights"])
def test_nobody_but_editors_opens_the_editors_office(
    who: str, theirs: dict[str, dict[str, Any]]
) -> None:
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
