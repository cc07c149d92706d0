"""Sample terms of selling: rates by zone, who sells, one voucher."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_noop
from oscar.core.loading import get_model
from wagtail.models import Site

from catalogue.models import Category, Product
from cms.demo.people import may_have_known_passwords
from cms.demo.reading import read
from shop.partner.models import Partner
from shop.payment.models import BankAccount
from shop.places.models import Ward
from shop.programme.models import ProgrammePlan
from shop.seller import SellerIdentity
from shop.shipping.fairs import Fair
from shop.shipping.rates import Zone, ZoneRate
from shop.shipping.rules import DeliveryRules

#: From when the sample rates apply.
RATES_FROM = date(2026, 1, 1)
#: Which of our zones a zone of the content file stands for.
ZONES = {
    "inner": (Zone.LOCAL,),
    "north": (Zone.NORTH,),
    "centre-south": (Zone.CENTRE, Zone.SOUTH),
}
#: Phường Lục Nam.
FAIR_WARD = "07444"
FAIR_NAME = gettext_noop("Chợ phiên mẫu")
#: The seller of `pages.toml`, in English on English pages.
SELLER_NAME = gettext_noop("Phiên chợ (cửa hàng trình diễn)")
VOUCHER_CODE = "CHAOCHO"
VOUCHER_PERCENT = 10
#: Sets of the programme that hold alcohol (QĐ 26/2026/QĐ-TTg): no voucher for them.
ALCOHOL_GROUPS = (14, 15)


def load_trade(advance: Callable[[], None]) -> None:
    load_rates()
    load_rules()
    load_fair()
    load_seller()
    load_voucher()
    load_account()
    load_plan()
    advance()


def load_rates() -> None:
    table = read("pages")["delivery"]
    for row in table["zones"]:
        for zone in ZONES[row["code"]]:
            ZoneRate.objects.get_or_create(
                zone=zone,
                effective_from=RATES_FROM,
                defaults={
                    "first_grams": table["base_weight_grams"],
                    "first_price": Decimal(row["base"]),
                    "step_grams": table["step_grams"],
                    "step_price": Decimal(row["step"]),
                    "free_from": row.get("free_from"),
                    "least_days": row["days"][0],
                    "most_days": row["days"][1],
                    "is_sample": table["is_sample"],
                },
            )


def load_rules() -> None:
    """Sample fees of ice and bottles in the sample rules, unless orders were priced by them."""
    table = read("pages")["delivery"]
    rules, _made = DeliveryRules.objects.get_or_create(
        effective_from=RATES_FROM, defaults={"is_sample": True}
    )
    if rules.is_sample and not rules.has_priced:
        rules.ice_fee, rules.liquid_fee = table["ice_fee"], table["liquid_fee"]
        rules.save()


def load_fair() -> None:
    """A fair that nobody announced, three weeks ahead, so that fetching there can be looked at."""
    producers = Partner.objects.exclude(ward=None)
    ward = Ward.objects.filter(pk=FAIR_WARD).first()
    if Fair.objects.exists() or ward is None or not producers:
        return
    first = timezone.localdate() + timedelta(days=21)
    fair = Fair.objects.create(
        name=FAIR_NAME,
        street="Sân vận động (mẫu)",
        ward=ward,
        first_day=first,
        last_day=first + timedelta(days=1),
        opens_at=time(7),
        closes_at=time(17),
        order_until=timezone.make_aware(datetime.combine(first - timedelta(days=2), time(16))),
        is_sample=True,
    )
    fair.producers.set(producers)


def load_seller() -> None:
    """The seller of the demo, unless somebody has declared one."""
    site = Site.objects.get(is_default_site=True)
    seller = SellerIdentity.for_site(site)
    if seller.name and not seller.sample:
        return
    row = read("pages")["seller"]
    for name in ("name", "address", "representative", "tax_code", "issued", "phone", "email"):
        setattr(seller, name, row[name])
    seller.sample = row["sample"]
    seller.save()


def load_account() -> None:
    """An account that no bank gives out, so that transfers can be looked at; never in production.

    Staff of the demo say “Đã nhận tiền” at /quan-ly/tien/ where a bank would.
    """
    if may_have_known_passwords() and not BankAccount.objects.exists():
        BankAccount.objects.create(
            bank_bin="970436", number="0000000000", holder="TAI KHOAN MAU, XIN DUNG CHUYEN TIEN"
        )


def load_voucher() -> None:
    """A sample voucher on everything but alcohol (Luật 44/2019/QH14)."""
    Benefit, Condition, ConditionalOffer, Range = (
        get_model("offer", name) for name in ("Benefit", "Condition", "ConditionalOffer", "Range")
    )
    Voucher = get_model("voucher", "Voucher")
    goods, _made = Range.objects.get_or_create(
        slug="khong-ruou", defaults={"name": "Mọi hàng trừ rượu", "includes_all_products": True}
    )
    goods.excluded_categories.set(Category.objects.filter(number__in=ALCOHOL_GROUPS))
    for product in Product.objects.filter(abv__gt=0):
        goods.excluded_products.add(product)
    offer = ConditionalOffer.objects.filter(slug="chao-cho").first()
    if offer is None:
        offer = ConditionalOffer.objects.create(
            slug="chao-cho",
            name="Chào chợ (mẫu)",
            offer_type=ConditionalOffer.VOUCHER,
            condition=Condition.objects.create(range=goods, type=Condition.COUNT, value=1),
            benefit=Benefit.objects.create(
                range=goods, type=Benefit.PERCENTAGE, value=VOUCHER_PERCENT
            ),
        )
    voucher, _made = Voucher.objects.get_or_create(
        code=VOUCHER_CODE,
        defaults={
            "name": "Chào chợ (mẫu)",
            "usage": Voucher.MULTI_USE,
            "start_datetime": datetime(2026, 1, 1, tzinfo=UTC),
            "end_datetime": datetime(2030, 12, 31, tzinfo=UTC),
        },
    )
    voucher.offers.add(offer)


def load_plan() -> None:
    """The plan of 2024 as the district's own article words it; no product is awarded by it."""
    ProgrammePlan.objects.get_or_create(
        year=2024,
        place="huyện Lục Nam",
        defaults={
            "new_at_3_stars_or_more": 7,
            "re_evaluations": 2,
            "source": (
                "Bài “Lục Nam: Phấn đấu có tối thiểu 7 sản phẩm OCOP mới đạt 3 sao trở lên”, "
                "Hương Giang, 27/4/2024."
            ),
            "is_public": True,
        },
    )
