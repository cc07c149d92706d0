"""axe-core finds nothing against WCAG 2.2 AA on any kind of page, on the phone and at the desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from catalogue.models import Product
from cms.demo.loading import load
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.looking import sign_in
from tests.browser.test_every_page import _pages_for_a_member, _pages_for_anyone
from tests.factories import a_basket_with, a_buyer, an_order

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(open_page: Opener) -> None:
    load(with_sizes=False)
    for_anyone = _pages_for_anyone()
    member = a_buyer()
    goods = Product.objects.filter(structure=Product.CHILD, live=True).select_related("parent")[0]
    goods.parent.producer.users.add(member, through_defaults={"role": "owner"})
    parcel = an_order(goods).parcels.get()
    a_basket_with(goods, owner=member)
    found = []
    for screen in (PHONE, DESKTOP):
        page = open_page(**screen)
        found += _violations(page, for_anyone)
        sign_in(page, member)
        found += _violations(page, _pages_for_a_member(goods.parent, parcel))
        page.close()
    assert found == []


def _violations(page: Page, pages: dict[str, str]) -> list[str]:
    """Page, rule and element of everything that axe complains of."""
    axe = Axe()
    width = page.viewport_size["width"] if page.viewport_size else 0
    found = []
    for name, address in pages.items():
        page.goto(address)
        results = axe.run(page, options={"runOnly": RULES})
        found += [
            f"{name} at {width}: {each['id']} {node['target']}"
            for each in results.response["violations"]
            for node in each["nodes"]
        ]
    return found
