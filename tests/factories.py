"""What tests arrange with: a shop in miniature, in words that read like the shop.

Each function writes one thing with all that it cannot do without, sound by default: a product is
live, has its label, its maker, a price and stock. Keyword arguments are the model's own fields.
"""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from oscar.core.loading import get_model
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from catalogue.classes import GIFT_BOX, OCOP, product_class
from catalogue.groups import read_groups
from catalogue.models import (
    BoxChoice,
    BoxDesign,
    BoxItem,
    Category,
    Certificate,
    DesignItem,
    GiftBox,
    Lot,
    Product,
    ProductImage,
)
from catalogue.pictures.models import Picture
from cms.models import HomePage
from cms.setting_up import set_up_shop
from cms.tree import ensure_tree
from shop.basket.models import Basket
from shop.checkout.agreed import Agreed
from shop.checkout.quote import Quote, Wishes, price_anew
from shop.checkout.shown import facts_of
from shop.giving.wishes import GiftWishes
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order
from shop.order.placing import Placement, place_order
from shop.partner.membership import Role
from shop.partner.models import Partner, StockRecord
from shop.partner.strategy import Selector
from shop.payment.models import BankAccount
from shop.places.models import Ward
from shop.producers.models import Application, ApplicationPaper
from shop.questions.models import Question
from shop.reviews.models import ProductReview
from shop.shipping.fairs import Fair
from shop.shipping.rates import USUAL_DAYS, ZoneRate
from shop.shipping.rules import DeliveryRules
from shop.users.models import User

Country = get_model("address", "Country")

ProductCategory = get_model("catalogue", "ProductCategory")

PASSWORD = "mat-ong-rung-2026"
#: Xã Bắc Lũng, thành phố Bắc Ninh: part of Lục Nam until 1/7/2025.
BAC_LUNG = "07498"
#: Number of the set "Mật ong, mật khác và nông sản thực phẩm khác" (QĐ 26/2026/QĐ-TTg).
HONEY = 4

_number = count(1)


# --- People -------------------------------------------------------------------------------------


def a_user(email: str = "", *, password: str = PASSWORD, **facts: Any) -> User:
    """An account that can sign in with `password`; a fresh address unless one is given."""
    email = email or f"nguoi-{next(_number)}@example.com"
    return User.objects.create_user(email, password, **facts)


def a_buyer(email: str = "", **facts: Any) -> User:
    """A person with a name and a phone, as an account of the shop has them."""
    number = next(_number)
    email = email or f"nguoi-mua-{number}@example.com"
    facts = {"first_name": "Nguyễn Thị Lan", "phone": f"+8491{number:07d}", **facts}
    return a_user(email, **facts)


def a_staff_member(email: str = "", **facts: Any) -> User:
    """One who may see Oscar's dashboard."""
    user = a_user(email or f"nhan-vien-{next(_number)}@example.com", **facts)
    user.is_staff = True
    user.save()
    return user


def a_producer(name: str = "", *, members: list[User] | None = None, **facts: Any) -> Partner:
    """A cooperative in Bắc Lũng with a page of its own; `members` work for it."""
    facts = {
        "kind": Partner.Kind.COOPERATIVE,
        "ward": a_ward() if "ward" not in facts else facts["ward"],
        "hamlet": "Thôn Thượng Lâm",
        "representative": "Trần Văn Bình",
        "phone": "+84204388" + f"{next(_number) % 10000:04d}",
        **facts,
    }
    producer = Partner.objects.create(name=name or f"HTX Bắc Lũng {next(_number)}", **facts)
    producer.users.add(*(members or []), through_defaults={"role": Role.OWNER})
    return producer


def a_ward(code: str = BAC_LUNG) -> Ward:
    """A ward of the vendored lists, which the test database holds."""
    return Ward.objects.select_related("province").get(pk=code)


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user, backend="shop.users.backends.EmailBackend")
    return client


def with_rights(user: User, *rights: str) -> User:
    """The person with these permissions, `app.codename` each."""
    for right in rights:
        app, codename = right.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def in_group(user: User, name: str) -> User:
    """The person with all that a group of the shop may do."""
    user.groups.add(Group.objects.get(name=name))
    return user


def an_application(applicant: User, **facts: Any) -> Application:
    """A household's application with its registration, not yet handed in."""
    facts = {
        "kind": Partner.Kind.HOUSEHOLD,
        "name": f"Hộ kinh doanh {next(_number)}",
        "representative": "Nguyễn Văn Khoai",
        "tax_code": "0100233488",
        "registration_number": "20A8001234",
        "phone": "+84912345678",
        "ward": a_ward(),
        "hamlet": "thôn Nội Chùa",
        "goods": "Khoai lang, mỗi vụ chừng 5 tấn.",
        "bank_bin": "970405",
        "number": "2800205123456",
        "holder": "NGUYEN VAN KHOAI",
        **facts,
    }
    application = Application.objects.create(applicant=applicant, **facts)
    ApplicationPaper.objects.create(
        application=application, kind=ApplicationPaper.Kind.REGISTRATION, file=an_upload("giay.png")
    )
    return application


# --- What is sold -------------------------------------------------------------------------------


def a_product_class() -> Any:
    """The class of single products, as `setup_shop` makes it."""
    return product_class(OCOP)


def a_category(name: str = "", *, number: int | None = HONEY, **facts: Any) -> Category:
    """The set of that number under its trade; another root when `number` is None."""
    if number is None:
        return Category.add_root(name=name or f"Nhóm {next(_number)}", **facts)
    if found := Category.objects.filter(number=number).first():
        return found
    lists = read_groups()
    group = next(row for row in lists["groups"] if row["number"] == number)
    trade = next(row for row in lists["branches"] if row["number"] == group["branch"])
    parent = Category.objects.filter(slug=trade["slug"], depth=1).first() or Category.add_root(
        name=trade["name"], name_en=trade["name_en"], slug=trade["slug"]
    )
    words = {key: group[key] for key in ("name", "name_en", "slug", "number")}
    return parent.add_child(**{**words, **({"name": name} if name else {}), **facts})


def a_product(
    title: str = "Mật ong rừng Lục Nam",
    *,
    price: int | Decimal | None = 45_000,
    stock: int = 10,
    sale_price: int | Decimal | None = None,
    category: Category | None = None,
    picture: Picture | None = None,
    **facts: Any,
) -> Product:
    """A live product with label, maker, price in đồng and stock; `price=None`: not for sale yet."""
    facts = {**_label(), **_origin(facts), **facts}
    product = Product.objects.create(
        structure=Product.STANDALONE, product_class=a_product_class(), title=title, **facts
    )
    _file_under(product, category)
    if picture:
        ProductImage.objects.create(product=product, original=picture)
    if price is not None:
        a_stock_record(product, price=price, stock=stock, sale_price=sale_price)
    return product


def a_variant_product(
    title: str = "Chè hoa vàng",
    *,
    variants: Mapping[str, tuple[int, int]] | None = None,
    category: Category | None = None,
    picture: Picture | None = None,
    **facts: Any,
) -> Product:
    """A parent with variants, `{"500 g": (price in đồng, stock)}`; they are `parent.children`."""
    facts = {**_label(), **_origin(facts), **facts}
    parent = Product.objects.create(
        structure=Product.PARENT, product_class=a_product_class(), title=title, **facts
    )
    _file_under(parent, category)
    if picture:
        ProductImage.objects.create(product=parent, original=picture)
    for name, (price, stock) in (
        variants or {"500 g": (120_000, 10), "1 kg": (230_000, 5)}
    ).items():
        child = Product.objects.create(
            structure=Product.CHILD, parent=parent, title=name, producer=parent.producer
        )
        a_stock_record(child, price=price, stock=stock)
    return parent


def a_gift_box(
    title: str = "Hạt giống đầu xuân",
    *,
    of: Mapping[Product, int],
    price: int | None = 389_000,
    stock: int | None = 10,
    gift: Mapping[str, Any] | None = None,
    swappable: Collection[Product] = (),
    choices: Collection[Product] = (),
    **facts: Any,
) -> Product:
    """A live box with so many of each product, packed by a producer, in no group.

    `stock` counts its wrappings, None where nobody counts them. `gift` are fields of `GiftBox`;
    buyers may take `choices` for what is `swappable`, or into the slots of a box with some.
    """
    facts = {"live": True, "weight_grams": 1_900, "shelf_life_days": 14, **facts}
    facts.setdefault("producer", a_producer())
    box = Product.objects.create(
        structure=Product.STANDALONE, product_class=product_class(GIFT_BOX), title=title, **facts
    )
    for order, (product, quantity) in enumerate(of.items()):
        BoxItem.objects.create(
            box=box,
            product=product,
            quantity=quantity,
            display_order=order,
            is_swappable=product in swappable,
        )
    for order, product in enumerate(choices):
        BoxChoice.objects.create(box=box, product=product, display_order=order)
    GiftBox.objects.create(product=box, **(gift or {}))
    if price is not None:
        a_stock_record(box, price=price, stock=stock)
    return Product.objects.get(pk=box.pk)


def a_design(box: Product, of: Mapping[Product, int]) -> BoxDesign:
    """A box as a buyer filled it."""
    design = BoxDesign.objects.create(box=box)
    for product, quantity in of.items():
        DesignItem.objects.create(design=design, product=product, quantity=quantity)
    return design


def a_spirit(title: str = "Rượu đông trùng hạ thảo", *, abv: str = "29", **facts: Any) -> Product:
    """A strong drink: 29 % unless said otherwise, so not to be promoted."""
    facts = {"category": a_category(number=14), "licence_number": "01/GP-UBND", **facts}
    return a_product(title, abv=Decimal(abv), **facts)


def a_stock_record(
    product: Product,
    *,
    price: int | Decimal = 45_000,
    stock: int | None = 10,
    sale_price: int | Decimal | None = None,
    **facts: Any,
) -> StockRecord:
    """Price in đồng, tax included, and how many there are, from the product's producer."""
    facts = {"partner_sku": f"SKU-{next(_number)}", **facts}
    return StockRecord.objects.create(
        product=product,
        partner=facts.pop("partner", None) or product.producer or product.parent.producer,
        price=Decimal(price),
        sale_price=None if sale_price is None else Decimal(sale_price),
        num_in_stock=stock,
        **facts,
    )


def a_certificate(product: Product, *, stars: int | None = 4, **facts: Any) -> Certificate:
    """A recognition decided a year ago, so valid for two more; `stars=None`: only registered."""
    if stars is not None:
        facts = {
            "decided_on": timezone.localdate() - timedelta(days=365),
            "decision_number": f"{next(_number)}/QĐ-UBND",
            "issuer": "UBND tỉnh Bắc Ninh",
            **facts,
        }
    return Certificate.objects.create(product=product, stars=stars, **facts)


def a_lot(product: Product, code: str = "", **facts: Any) -> Lot:
    """A lot made ten days ago that keeps for half a year."""
    made: date = facts.pop("produced_on", timezone.localdate() - timedelta(days=10))
    facts = {"best_before": made + timedelta(days=180), "quantity": 100, **facts}
    return Lot.objects.create(
        product=product, code=code or f"LO-{next(_number)}", produced_on=made, **facts
    )


def _label() -> dict[str, Any]:
    return {
        "net_quantity": Decimal(500),
        "ingredients": "Mật ong 100 %",
        "storage": "Để nơi khô ráo, tránh nắng",
        "usage": "Pha với nước ấm",
        "shelf_life_days": 365,
        "weight_grams": 650,
        "live": True,
    }


def _origin(facts: dict[str, Any]) -> dict[str, Any]:
    """Maker and commune, unless the test says which, or that there is none."""
    producer = facts["producer"] if "producer" in facts else a_producer()
    return {"producer": producer, "origin": facts.get("origin") or a_ward()}


def _file_under(product: Product, category: Category | None) -> None:
    ProductCategory.objects.create(product=product, category=category or a_category())


# --- Pictures -----------------------------------------------------------------------------------


def image_bytes(
    width: int = 60,
    height: int = 40,
    *,
    colour: tuple[int, int, int] = (178, 58, 36),
    kind: str = "PNG",
) -> bytes:
    """One plain colour as a file of that kind. Every PNG differs, as photographs do."""
    buffer = BytesIO()
    options: dict[str, Any] = {}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("number", str(next(_number)))
    Image.new("RGB", (width, height), colour).save(buffer, kind, **options)
    return buffer.getvalue()


def an_upload(name: str = "anh.png", **options: Any) -> SimpleUploadedFile:
    """A picture as a form receives it; `options` as for `image_bytes`."""
    return SimpleUploadedFile(name, image_bytes(**options), content_type="image/png")


def a_picture(title: str = "Tổ ong", *, width: int = 60, height: int = 40, **facts: Any) -> Picture:
    """A small picture in the library, with words for those who do not see it."""
    facts = {"alt_text": f"{title} trên cây", "alt_text_en": "A beehive in a tree", **facts}
    return Picture.objects.create(
        title=title,
        file=an_upload(f"anh-{next(_number)}.png", width=width, height=height),
        width=width,
        height=height,
        **facts,
    )


# --- Selling ------------------------------------------------------------------------------------


def a_basket_with(
    goods: Product | Mapping[Product, int], quantity: int = 1, *, owner: User | None = None
) -> Basket:
    """An open basket with one product, or with each of `{product: how many}`."""
    basket = Basket.objects.create(owner=owner)
    basket.strategy = Selector().strategy()
    wanted = goods if isinstance(goods, Mapping) else {goods: quantity}
    for product, how_many in wanted.items():
        basket.add_product(product, how_many)
    return basket


def zone_rates(
    first_price: int = 25_000, *, step_price: int = 5_000, **facts: Any
) -> dict[str, ZoneRate]:
    """The same rate for every zone, in force for a year, by zone; fees in đồng."""
    facts = {"effective_from": timezone.localdate() - timedelta(days=365), **facts}
    return {
        zone: ZoneRate.objects.create(
            zone=zone,
            first_price=Decimal(first_price),
            step_price=Decimal(step_price),
            **{"least_days": least, "most_days": most, **facts},
        )
        for zone, (least, most) in USUAL_DAYS.items()
    }


def delivery_rules(**facts: Any) -> DeliveryRules:
    """Rules of delivery in force from today, the usual ones but for `facts`."""
    facts = {"effective_from": timezone.localdate(), **facts}
    return DeliveryRules.objects.create(**facts)


def a_fair(*producers: Partner, **facts: Any) -> Fair:
    """A fair in two weeks to which these producers come, taking orders until the day before."""
    first = timezone.localdate() + timedelta(days=14)
    facts = {
        "name": "Chợ phiên Lục Nam",
        "street": "Sân vận động",
        "ward": a_ward(),
        "first_day": first,
        "last_day": first + timedelta(days=2),
        "opens_at": time(7),
        "closes_at": time(17),
        "order_until": timezone.now() + timedelta(days=13),
        **facts,
    }
    fair = Fair.objects.create(**facts)
    fair.producers.set(producers)
    return fair


def an_order(
    goods: Product | Mapping[Product, int],
    quantity: int = 1,
    *,
    buyer: User | None = None,
    payment: str = "cod",
    email: str = "",
    is_adult: bool = False,
    gift: GiftWishes | None = None,
    basket: Basket | None = None,
    agreed: Agreed | None = None,
) -> Order:
    """An order placed the way buyers place it: to Bắc Lũng, paid in cash on delivery.

    `agreed` is what was settled beforehand, a deposit say.
    Writes the rates of delivery when there are none.
    """
    if not ZoneRate.objects.exists():
        zone_rates()
    basket = basket or a_basket_with(goods, quantity, owner=buyer)
    ward = a_ward()
    wishes = Wishes(
        ward.province_id,
        "zone",
        payment,
        "+84912345678",
        is_gift=gift is not None,
        agreed=agreed,
    )
    price_anew(basket, buyer or AnonymousUser())
    placement = Placement(
        key=uuid.uuid4().hex,
        address={
            "first_name": "Nguyễn Thị Hoa",
            "phone_number": "+84912345678",
            "line1": "Thôn Nội Chùa",
            "line3": ward.full_name,
            "line4": ward.province.full_name,
            "ward_code": ward.code,
            "province_code": ward.province_id,
            "country": Country.objects.get(pk="VN"),
        },
        wishes=wishes,
        language="vi",
        shown=facts_of(Quote(basket, wishes, buyer)),
        email=email,
        is_adult=is_adult,
        gift=gift,
    )
    return place_order(basket, placement, buyer)


def a_bank_account() -> BankAccount:
    """Where the shop's buyers transfer money to."""
    return BankAccount.objects.get_or_create(
        is_active=True,
        defaults={"bank_bin": "970436", "number": "0123456789", "holder": "PHIEN CHO"},
    )[0]


def a_received_order(goods: Product | Mapping[Product, int], *, buyer: User) -> Order:
    """An order that was packed, sent, and has reached its buyer."""
    order = an_order(goods, buyer=buyer)
    for parcel in order.parcels.all():
        mark_delivered(hand_over(start_packing(parcel), "Bưu điện", ""))
    return order


def a_review(product: Product, *, score: int = 5, approved: bool = True, **facts: Any) -> Any:
    """What a buyer says of a product; `user` is somebody new unless given."""
    facts = {"title": "Ngon và đúng như tả", "body": "Hàng tới nhanh, gói kỹ.", **facts}
    facts.setdefault("user", a_buyer(first_name="Nguyễn Thị Lan"))
    status = ProductReview.APPROVED if approved else ProductReview.FOR_MODERATION
    facts.setdefault("status", status)
    return ProductReview.objects.create(product=product, score=score, **facts)


def a_question(product: Product, *, shown: bool = True, **facts: Any) -> Question:
    """What somebody asks of a product, read by a moderator already unless said otherwise."""
    facts = {"text": "Mật này lấy vào tháng mấy?", "email": "hoi@example.com", **facts}
    facts.setdefault("status", Question.Status.SHOWN if shown else Question.Status.WAITING)
    return Question.objects.create(product=product, **facts)


# --- Pages --------------------------------------------------------------------------------------


def a_home() -> HomePage:
    """The Vietnamese home page, with its sections and the English tree beside it."""
    return ensure_tree()["vi"]


def a_shop() -> HomePage:
    """All that `manage.py setup_shop` writes, and rates for every zone: ready to sell."""
    homes = set_up_shop()
    zone_rates()
    return homes["vi"]
