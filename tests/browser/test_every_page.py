"""Every kind of page of the demo shop, at three widths: it fits, nothing is missing, a picture
of it lies in `.var/screenshots/` for people to look at (`make screenshots`).
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from catalogue.models import Lot, Product
from cms.demo.loading import load
from cms.models import GiftPage, PlacePage, StandardPage, StoryPage
from shop.order.models import Parcel
from shop.partner.models import Partner
from tests.browser.conftest import DESKTOP, PHONE, TABLET, Opener
from tests.browser.looking import complaints_of, overflow_px, screenshot, sign_in
from tests.factories import a_basket_with, a_buyer, an_order


def _pages_for_anyone() -> dict[str, str]:
    """Name for the picture to address."""
    product = Product.objects.listed().filter(structure=Product.PARENT).first()
    assert product is not None
    group = product.categories.first()
    producer = Partner.objects.public().first()
    assert group is not None
    assert producer is not None
    variant = product.children.first()
    assert variant is not None
    order = an_order(variant)
    pages = {
        "home": "/",
        "home-english": "/en/",
        "products": "/san-pham/",
        "product": product.get_absolute_url(),
        "product-english": f"/en{product.get_absolute_url()}",
        "group": group.get_absolute_url(),
        "search": "/tim-kiem/?q=mat+ong",
        "search-nothing": "/tim-kiem/?q=xyzxyz",
        "producers": "/nha-san-xuat/",
        "producer": producer.get_absolute_url(),
        "basket-empty": "/gio-hang/",
        "order": order.get_absolute_url(),
        "stories": "/cau-chuyen/",
        "gifts": "/hop-qua/",
        "trace-form": "/truy-xuat/",
        "questions": reverse("questions:of-product", args=[product.slug]),
        "heart": reverse("wishlists:add", args=[product.pk]),
        "saved-nothing": reverse("wishlists:summary"),
        "sign-in": reverse("customer:login"),
        "sign-up": reverse("customer:register"),
        "password-forgot": reverse("customer:password-forgot"),
    }
    if lot := Lot.objects.first():
        pages["trace"] = lot.get_absolute_url()
    for kind in (StoryPage, GiftPage, PlacePage, StandardPage):
        page = kind.objects.live().filter(locale__language_code="vi").first()
        assert page is not None
        pages[kind.__name__.removesuffix("Page").lower()] = page.url
    return pages


def _pages_for_a_member(listing: Product, parcel: Parcel) -> dict[str, str]:
    """For one who has something in the basket and works for a producer."""
    names = {
        "basket": "basket:summary",
        "checkout": "checkout:index",
        "account": "customer:summary",
        "account-profile": "customer:profile-update",
        "account-orders": "customer:order-list",
        "account-addresses": "customer:address-list",
        "account-saved": "wishlists:summary",
        "producers-channel": "producers:home",
        "portal-questions": "producers:questions",
        "portal-listings": "producers:listings",
        "portal-new-listing": "producers:new-listing",
        "portal-parcels": "producers:parcels",
        "portal-lots": "producers:lots",
        "portal-new-lot": "producers:new-lot",
        "portal-certificates": "producers:certificates",
        "portal-bulk": "producers:bulk",
        "portal-money": "producers:money",
        "portal-account": "producers:payout-account",
        "portal-people": "producers:team",
        "portal-more": "producers:more",
        "portal-apply": "producers:apply",
    }
    pages = {name: reverse(address) for name, address in names.items()}
    for step in ("listing", "listing-words", "listing-photos", "listing-label", "listing-price"):
        pages[f"portal-{step}"] = reverse(f"producers:{step}", args=[listing.pk])
    for step in ("listing-review", "listing-history"):
        pages[f"portal-{step}"] = reverse(f"producers:{step}", args=[listing.pk])
    pages["portal-parcel"] = reverse("producers:parcel", args=[parcel.pk])
    return pages


def _troubles(page: Page, name: str, address: str) -> list[str]:
    complaints = complaints_of(page)
    answer = page.goto(address)
    page.wait_for_load_state("networkidle")
    # Pictures further down wait until somebody scrolls to them.
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.evaluate("Promise.all([...document.images].map(i => i.decode().catch(() => null)))")
    screenshot(page, name)
    found = list(complaints)
    broken = page.evaluate(
        "[...document.images].filter(image => !image.naturalWidth).map(image => image.src)"
    )
    found += [f"picture does not show: {source}" for source in broken]
    if answer is None or answer.status != 200:
        found.append(f"status {answer.status if answer else 'none'}")
    if (wider := overflow_px(page)) > 0:
        found.append(f"{wider} pixels wider than the screen")
    return [f"{name} ({address}): {each}" for each in found]


@pytest.mark.slow
def test_every_page_fits_every_screen_without_complaint(open_page: Opener) -> None:
    load(with_sizes=False)
    for_anyone = _pages_for_anyone()
    member = a_buyer()
    goods = Product.objects.filter(structure=Product.CHILD, live=True).select_related("parent")[0]
    goods.parent.producer.users.add(member, through_defaults={"role": "owner"})
    parcel = an_order(goods).parcels.get()
    a_basket_with(goods, owner=member)
    troubles = []
    for screen in (PHONE, TABLET, DESKTOP):
        page = open_page(**screen)
        for name, address in for_anyone.items():
            troubles += _troubles(page, name, address)
        sign_in(page, member)
        for name, address in _pages_for_a_member(goods.parent, parcel).items():
            troubles += _troubles(page, name, address)
        page.close()
    assert troubles == []
