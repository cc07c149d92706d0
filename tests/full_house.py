"""A shop in use: a neighbour's things and a buyer's, and everybody who may come to its doors."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.test import Client
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.functional import cached_property
from django.utils.http import urlsafe_base64_encode

from catalogue.models import LotPaper, Product
from catalogue.share_cards.facts import PRODUCTS, WIDE, facts_of
from shop.address.models import UserAddress
from shop.communication.letters import Letter
from shop.customer.models import ProductAlert
from shop.customer.proving import SALT as PROVING
from shop.invoices.models import TaxProfile
from shop.order.models import Order
from shop.partner.models import Partner
from shop.personal.consenting import give, withdraw_link
from shop.personal.models import DataExport
from shop.personal.purposes import PURPOSES
from shop.producers.models import Invitation
from shop.promotion.models import Campaign
from shop.reviews.inviting.asking import token_of
from shop.reviews.models import ProductReview
from shop.reviews.photos.keeping import add_photos
from shop.users.models import User
from shop.wishlists.saving import list_of, share
from tests.catalogue.boxes.making import a_box_to_fill
from tests.cms.making import a_story
from tests.factories import (
    PASSWORD,
    a_basket_with,
    a_buyer,
    a_design,
    a_question,
    a_user,
    a_ward,
    an_upload,
    in_group,
    signed_in,
)
from tests.neighbour import Known, a_neighbour
from tests.shop.buying import take_basket
from tests.shop.corporate.making import a_quote
from tests.shop.returns.making import a_paid_order, a_report, an_arrived_order

BUYER_EMAIL = "lan@example.com"
GTIN = "08936000000016"


@dataclass
class House:
    """`known`: values of the parts of addresses; `people`: by role, None for a guest."""

    known: Known
    people: dict[str, User | None]
    product: Product

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {role: self.client(role) for role in self.people}

    def client(self, role: str) -> Client:
        """A fresh browser of one in that role; a guest's has a basket."""
        person = self.people[role]
        client = signed_in(person) if person else Client()
        if person is None:
            take_basket(client, a_basket_with(self.product))
        client.raise_request_exception = False
        return client


def a_full_house() -> House:
    known = a_neighbour()
    producer = Partner.objects.get(name="Nhà bên")
    product = Product.objects.get(pk=known["san-pham/"]["pk"])
    buyer = a_buyer(email=BUYER_EMAIL)
    people: dict[str, User | None] = {
        "guest": None,
        "buyer": buyer,
        "producer": producer.users.get(),
        "promoter": in_group(a_user(), "Promoters"),
        "staff": User.objects.create_superuser("chu@example.vn", PASSWORD),
    }
    return House(known | _of_buyers(buyer, product), people, product)


def _of_buyers(buyer: User, product: Product) -> Known:
    order = an_arrived_order(product, 1, buyer=buyer)
    parcel = order.parcels.get()
    asked = a_report(parcel, photos=[an_upload()])
    a_basket_with(product, owner=buyer)
    waiting = a_paid_order(product, 1, buyer=buyer)
    box = a_box_to_fill(choices={product: 1})
    review = ProductReview.objects.create(
        product=product, user=buyer, score=4, title="Ngon", body="Ngon lắm"
    )
    wishes = list_of(buyer)
    wishes.add(product)
    share(wishes, "Lan")
    category = product.categories.get()
    lot = product.lots.get()
    quote = a_quote()
    Product.objects.filter(pk=product.pk).update(gtin=GTIN)
    facts = facts_of(PRODUCTS, product.pk)
    purpose = next(iter(PURPOSES.values()))
    give(purpose, BUYER_EMAIL, source="account", user=buyer)
    story = a_story()
    alert = ProductAlert.objects.create(
        product=product, email=BUYER_EMAIL, key="a" * 40, user=buyer
    )
    proof = signing.dumps([buyer.pk, buyer.email, "lan2@example.com"], salt=PROVING)
    numbers = {"number": order.number, "position": 1, "pk": asked.pk}
    return {
        "san-pham/{slug}": {"slug": product.slug},
        "nhom/": {"slug": category.slug},
        "hop-qua-tu-chon/": {"slug": box.slug, "token": a_design(box, {product: 1}).token},
        "truy-xuat/": {"code": lot.code},
        "01/": {"gtin": GTIN, "code": lot.code},
        "the-chia-se/": {
            "kind": PRODUCTS,
            "pk": product.pk,
            "size": WIDE,
            "key": facts.key(WIDE) if facts else "x",
        },
        "sitemap-": {"section": "san-pham"},
        "nha-san-xuat/{slug}": {"slug": Partner.objects.get(name="Nhà bên").slug},
        "gio-hang/them/": {"pk": product.pk},
        "gio-hang/them/hop/": {"slug": box.slug},
        "don-hang/{number}/": {**numbers, "photo": asked.photos.get().pk},
        "quan-ly/don-hang/": {"number": order.number},
        "thanh-toan/": {"number": waiting.number},
        "danh-gia/{slug}": {"slug": product.slug},
        "danh-gia/anh/": {"pk": add_photos(review, [an_upload()])[0].pk},
        "thoi-moi/": {"token": token_of(BUYER_EMAIL)},
        "thoi-nhan-thu/": {"token": withdraw_link(purpose, BUYER_EMAIL).split("/")[-2]},
        "hoi-dap/{slug}": {"slug": product.slug},
        "hoi-dap/xac-nhan/": {"key": a_question(product, shown=False).key},
        "mon-da-luu/": {"pk": product.pk, "key": wishes.share_key},
        "dat-lai-mat-khau/": {
            "uidb64": urlsafe_base64_encode(force_bytes(buyer.pk)),
            "token": default_token_generator.make_token(buyer),
        },
        "so-dia-chi/": {"pk": _an_address(buyer).pk},
        "bao-khi-co-hang/": {"pk": product.pk, "key": alert.key},
        "email/xac-nhan/": {"token": proof},
        "thiet-bi/": {"pk": _a_device(buyer)},
        "nhan-don/": {"number": waiting.number},
        "tai-khoan/thu/": {"pk": _a_letter(buyer, order).pk},
        "tai-khoan/hoa-don/": {
            "pk": TaxProfile.objects.create(
                user=buyer, company_name="Công ty", tax_code="0100233488", address="Hà Nội"
            ).pk
        },
        "du-lieu/": {"pk": DataExport.objects.create(user=buyer).pk},
        "bao-gia/{token}": {"token": quote.token},
        "bao-gia/ban/": {"pk": quote.pk},
        "bao-gia/{pk}/tep/": {"which": "logo"},
        "loi-moi/": {"token": Invitation.objects.get().token},
        "di/": {"slug": Campaign.objects.get().slug},
        "goi/": {"carrier": "manual"},
        "hoi-phi/": {"carrier": "ghn"},
        "noi/": {"carrier": "ghn"},
        "webhooks/": {"provider": "sepay", "carrier": "ghn"},
        "thu/mau/": {"code": "ORDER_PLACED"},
        "media/": {"path": LotPaper.objects.get().picture.file.name},
        "story": {"path": story.get_url().strip("/")},
    }


def _an_address(user: User) -> UserAddress:
    ward = a_ward()
    return UserAddress.objects.create(
        user=user,
        first_name="Lan",
        line1="Thôn Nội Chùa",
        line3=ward.full_name,
        line4=ward.province.full_name,
        ward_code=ward.code,
        province_code=ward.province_id,
        country_id="VN",
    )


def _a_device(user: User) -> Any:
    return user.devices.create(mark="x" * 64, session_key="y", last_seen=timezone.now()).pk


def _a_letter(user: User, order: Order) -> Letter:
    return Letter.objects.create(
        event_code="ORDER_PAID",
        to=str(user.email),
        subject="x",
        text="x",
        html="<p>x</p>",
        user=user,
        order=order,
    )
