"""Every letter to buyers, written for real: of an order, a question, an alert, a quote."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone, translation

from catalogue.models import Product
from catalogue.seasons import mask_of
from shop.communication.letters import Letter
from shop.customer.alerts.utils import AlertsDispatcher, write_alert_letter
from shop.customer.letters import write_password_letter
from shop.customer.proving import write_change_letter, write_confirm_letter
from shop.customer.waiting import ProductAlert
from shop.order import letters
from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order, Parcel
from shop.questions.asking import answer, ask
from shop.questions.models import Question
from shop.reviews.inviting.asking import invite_buyers
from shop.users.models import User
from tests.factories import (
    a_basket_with,
    a_buyer,
    a_lot,
    a_picture,
    a_producer,
    a_product,
    a_staff_member,
    an_order,
)
from tests.shop.corporate.making import a_box, a_quote, a_request
from tests.shop.returns.making import a_report, an_arrived_order


def write_all(language: str) -> list[Letter]:
    """All letters in `language`, one of each event, the newest facts first."""
    buyer = a_buyer(first_name="Nguyễn Thị Lan", language=language)
    tea = _goods("Trà hoa vàng", "Golden camellia tea", picture=a_picture())
    honey = _goods("Mật ong rừng Lục Nam", "Forest honey of Lục Nam")
    order = _order(buyer, language, tea, honey)
    _of_order(order, tea)
    _of_parcels(order)
    _of_product(buyer, honey, language)
    _of_account(buyer, language)
    _of_company(language)
    _of_return(language)
    found = {letter.event_code: letter for letter in Letter.objects.filter(language=language)}
    return list(found.values())


def _goods(title: str, title_en: str, **facts: Any) -> Product:
    return a_product(title, title_en=title_en, english_ready=True, **facts)


def _order(buyer: User, language: str, *goods: Product) -> Order:
    for product, name in zip(goods, ("HTX Trà Yên Tử", "Tổ ong Bắc Lũng"), strict=True):
        Product.objects.filter(pk=product.pk).update(producer=a_producer(name))
    basket = a_basket_with(dict.fromkeys(goods, 2), owner=buyer)
    order = an_order(goods[0], buyer=buyer, basket=basket)
    Order.objects.filter(pk=order.pk).update(language=language)
    return Order.objects.get(pk=order.pk)


def _of_order(order: Order, product: Product) -> None:
    writers: tuple[Callable[[Order], None], ...] = (
        lambda of: letters.write_placed_letters(of, letters.parcels_with_lines(of)),
        letters.write_due_letter,
        letters.write_paid_letters,
        letters.write_deposit_letters,
        letters.write_rest_letter,
        letters.write_cancelled_letters,
    )
    for write in writers:
        write(order)
    refund = SimpleNamespace(amount=90_000, reason="1 × 500 g")
    letters.write_refunded_letters(order, refund)
    lot = a_lot(product, recall_reason="L-2611")
    order.lines.filter(product=product).update(lot=lot)
    letters.write_recalled_letter(order, lot)
    letters.write_answer_letter(order, SimpleNamespace(text="…"))
    change = SimpleNamespace(state="done", new=order.shipping_address)
    letters.write_address_letter(order, change)


def _of_parcels(order: Order) -> None:
    parcels = list(order.parcels.all())
    today = timezone.localdate()
    promised = {"promised_from": today, "promised_to": today + timedelta(days=2)}
    order.parcels.update(**promised)
    for parcel in parcels:
        letters.write_parcel_message(parcel, "…")
        mark_delivered(hand_over(parcel, "Viettel Post", "VTP-0123"))
    Parcel.objects.update(delivered_at=timezone.now() - timedelta(days=6))
    invite_buyers()


def _of_product(buyer: User, product: Product, language: str) -> None:
    Product.objects.filter(pk=product.pk).update(season_mask=mask_of([6, 7, 8]))
    product.refresh_from_db()
    facts = {"product": product, "email": buyer.email, "language": language}
    stock = ProductAlert.objects.create(**facts)
    season = ProductAlert.objects.create(**facts, kind="season")
    dispatcher = AlertsDispatcher()
    for alert in (stock, season):
        dispatcher.send_product_alert_confirmation_email_for_user(alert)
    write_alert_letter(AlertsDispatcher.PRODUCT_ALERT_EVENT_CODE, stock)
    write_alert_letter("SEASON_ALERT", season, is_stoppable=True)
    asked = ask(product, f"500 g? ({language})", email="hoi@example.com", language=language)
    Question.objects.filter(pk=asked.pk).update(status=Question.Status.SHOWN)
    answer(asked, "500 g.", by=a_staff_member(), side=Question.From.PRODUCER)


def _of_account(buyer: User, language: str) -> None:
    write_password_letter(buyer)
    write_confirm_letter(buyer)
    write_change_letter(buyer, f"moi-{language}@example.com")


def _of_company(language: str) -> None:
    wanted = {a_box(f"Hộp Tết {language}"): 50}
    # A company is written to in the language of the page on which it asked.
    with translation.override(language):
        asked = a_request(wanted, needed_on=timezone.localdate())
    a_quote(wanted, asked=asked)


def _of_return(language: str) -> None:
    asked = a_report(an_arrived_order().parcels.get())
    Order.objects.filter(pk=asked.order_id).update(language=language, guest_email="tra@example.com")
    asked.refresh_from_db()
    for code in ("RETURN_RECEIVED", "RETURN_APPROVED", "RETURN_REFUSED"):
        letters.write_return_letter(code, asked)
