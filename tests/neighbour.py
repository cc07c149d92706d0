"""A producer next door with one of everything, for whoever asks what a stranger may open."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalogue.models import LotPaper
from shop.communication.letters import MOST_ATTEMPTS, Letter
from shop.exports.models import ExportJob
from shop.order.fulfilment import hand_over
from shop.order.models import AddressChange
from shop.partner.membership import Role
from shop.partner.pricing import Price, set_price
from shop.producers.joining.applying import hand_in
from shop.producers.listings.photos import add_photos
from shop.producers.models import CertificateProposal, ImportRun
from shop.producers.team.inviting import invite
from shop.programme.models import ProgrammePlan
from shop.settlements.models import Payout
from shop.shipping.models import ZoneRate
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
    a_user,
    a_variant_product,
    an_application,
    an_order,
    an_upload,
)
from tests.shop.corporate.making import a_request
from tests.shop.promotion.making import a_campaign
from tests.shop.returns.making import a_report, late

#: Part of an address → the values of its names.
Known = dict[str, dict[str, Any]]


def a_neighbour() -> Known:
    """Their things by the part of the address that names them."""
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


def filled(form: str, names: tuple[str, ...], theirs: Known) -> str:
    """The address of the neighbour's thing; of the first row where the address is not ours."""
    known: dict[str, Any] = {}
    for part in sorted(theirs, key=len):
        if part in form:
            known.update(theirs[part])
    return "/" + form.format(**{name: known.get(name, 1) for name in names})
