"""One customer with a row in every table that holds something of people, and a mark in each text.

Rows come from the shop's own ways where there is one; what is left is made by hand. Then each text
column that can hold words of or about a person gets a mark of its own.
"""

from decimal import Decimal
from itertools import count
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from shop.contracts.freezing import freeze_summary
from shop.contracts.models import OrderSummary
from shop.invoices.models import InvoiceRequest
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order
from shop.payment.models import Payment
from shop.personal.registry import held
from shop.users.models import User
from tests.factories import a_basket_with, a_product, an_order, an_upload, signed_in

_number = count(1)

MARK = "DAUVET"
PHONE = "+84987000999"
EMAIL = "dauvet@dauvet.example"

#: Text columns in which nobody's words or names are: codes, titles of goods, words of the shop.
#: What stands here is what stays of an order for the books and the numbers.
KEPT = {
    "order.Order": {"number", "currency", "shipping_tax_code", "shipping_method", "shipping_code",
                    "status", "placement_key", "payment_method"},
    "order.Line": {"partner_name", "partner_sku", "partner_line_reference", "title", "upc",
                   "tax_code", "status", "net_text", "certificate_text", "from_campaign"},
    "order.LinePrice": {"tax_code"},
    "order.OrderBox": {"title"},
    "order.Parcel": {"method_code", "method_name", "charge_breakdown", "carrier"},
    "order.ParcelEvent": {"source", "key"},
    "order.OrderDiscount": {"offer_name", "voucher_code", "message"},
    "order.OrderStatusChange": {"old_status", "new_status"},
    "order.Surcharge": {"name", "code", "tax_code"},
    "order.Recipient": {"card"},
    "order.ShippingAddress": {"line3", "line4", "province_code", "ward_code"},
    "order.BillingAddress": {"line3", "line4"},
    "order.PaymentEvent": {"reference"},
    "carriers.Shipment": {"carrier", "reference", "places"},
    "contracts.OrderSummary": {"terms_version", "facts"},
    "payment.Payment": {"method", "reference"},
    "payment.Refund": {"key", "reference"},
    "payment.MoneyReceived": {"provider", "reference", "currency", "account_number"},
    "payment.ProviderMessage": {"provider", "message_id", "kind"},
    "payment.Source": {"currency", "reference", "label"},
    "payment.Transaction": {"txn_type", "reference", "status"},
    "invoices.InvoiceRequest": {"number"},
    "returns.ReturnRequest": {"key"},
    "corporate.Quote": {"token"},
    "corporate.QuoteLine": {"title"},
    "catalogue.BoxDesign": {"token"},
    "personal.Consent": {"purpose", "email_hash", "words", "words_version"},
    "personal.Erasure": {"email_hash", "counts"},
}  # fmt: skip
#: Names, looked up by the very rows that erasing looks for.
NAMES = {
    "users.User": {"password", "phone"},
    "users.Device": {"session_key"},
    "sessions.Session": {"session_data"},
    "axes.AccessAttempt": {"username"},
    "axes.AccessFailureLog": {"username"},
    "axes.AccessLog": {"username"},
    # Holds no text of its own: keys, and what other columns say already.
    "auditlog.LogEntry": {"object_pk", "changes", "serialized_data", "additional_data", "cid",
                          "object_repr", "changes_text", "actor_email"},
    "personal.DataExport": {"file"},
}  # fmt: skip
#: Written by erasing itself, or a reason not to erase.
EMPTY = {"personal.Erasure", "personal.AnonymousOrder", "partner.Membership"}


def seeded_customer() -> User:
    """Marked all over, with one order that is over and one that became an issued invoice."""
    user = User.objects.create_user(
        EMAIL, "bánh mật lá chuối 88", first_name=f"{MARK} Hoa", phone=PHONE
    )
    user.email_verified_at = timezone.now()
    user.save()
    product = a_product("Mật ong", stock=100)
    order = _order_that_is_over(product, user)
    a_basket_with(product, owner=user)
    signed_in(user)  # a session and a device
    _fill(user, order, product)
    LogEntry.objects.update(actor=user, actor_email=EMAIL)
    _mark_all()
    _freeze_again(order)
    return user


def guest_order() -> Order:
    """Bought without an account under the same address, long done."""
    order = an_order(a_product("Chè", stock=10), email=EMAIL)
    _deliver(order)
    return order


def _order_that_is_over(product: Any, user: User) -> Order:
    order = an_order(product, 2, buyer=user)
    Order.objects.filter(pk=order.pk).update(guest_email=EMAIL)
    _deliver(order)
    return Order.objects.get(pk=order.pk)


def _deliver(order: Order) -> None:
    for parcel in order.parcels.all():
        mark_delivered(hand_over(start_packing(parcel), "Bưu điện", ""))
    Payment.objects.filter(order=order).update(state=Payment.State.PAID)


def _fill(user: User, order: Order, product: Any) -> None:
    """A row for each table that has none yet, hung on this user, order and product."""
    for label in ("order.ShippingEventType", "order.PaymentEventType", "catalogue.Option"):
        apps.get_model(label).objects.create(name="Loại", code=f"loai-{next(_number)}")
    _made(apps.get_model("voucher.Voucher"), {})
    _made(apps.get_model("communication.CommunicationEventType"), {})
    hung: dict[type[models.Model], Any] = {
        User: user,
        Order: order,
        type(product): product,
        apps.get_model("order.Line"): order.lines.first(),
        apps.get_model("order.Parcel"): order.parcels.first(),
        Payment: order.payment,
    }
    hung[apps.get_model("basket.Basket")] = apps.get_model("basket.Basket").objects.get(
        owner=user, status="Open"
    )
    waiting = [label for label in held() if label not in EMPTY]
    for _round in range(4):
        for label in list(waiting):
            model = apps.get_model(label)
            if model._base_manager.exists():
                hung.setdefault(model, model._base_manager.first())
                waiting.remove(label)
            elif (row := _made(model, hung)) is not None:
                hung.setdefault(model, row)
                waiting.remove(label)
    Order.objects.filter(pk=order.pk).update(
        billing_address=apps.get_model("order.BillingAddress").objects.first()
    )
    assert not waiting, f"seed these by hand: {waiting}"


#: Facts of rows made by hand, where the type of a column says too little.
FACTS: dict[str, dict[str, Any]] = {
    "invoices.InvoiceRequest": {"status": "issued", "number": "1C26TPC 1", "issued_on": "now"},
    "reviews.ProductReview": {"score": 5, "status": 1},
    "returns.ReturnRequest": {"state": "refused", "reason": "broken", "wish": "tell"},
    "payment.MoneyReceived": {"state": "applied", "amount": 90_000},
    "payment.ProviderMessage": {"state": "applied"},
    "payment.Refund": {"state": "done", "amount": 1},
    "corporate.Quote": {"state": "accepted", "valid_until": "now"},
    "corporate.QuoteRequest": {"state": "accepted"},
    "order.AddressChange": {"state": "done"},
    "carriers.Shipment": {"state": "created"},
    "producers.Application": {"status": "draft", "kind": "household", "handed_in_at": None},
    "communication.Letter": {"event_code": "PASSWORD_CHANGED", "order": None},
    "personal.DataExport": {"state": "ready"},
    "personal.Consent": {"source": "account", "granted": True, "purpose": "news"},
    "customer.ProductAlert": {"status": "Active"},
}


def _made(model: type[models.Model], hung: dict[Any, Any]) -> Any:
    """A row of `model`; None while a row that it needs is not there yet."""
    facts = dict(FACTS.get(model._meta.label, {}))
    for field in model._meta.concrete_fields:
        if field.name in facts:
            if facts[field.name] == "now":
                facts[field.name] = timezone.localdate()
            continue
        if isinstance(field, models.ForeignKey):
            related = field.related_model
            found = hung.get(related)
            if found is None and (related in hung or not field.null):
                found = related._base_manager.first()
            if found is None and not field.null:
                return None
            if found is not None:
                facts[field.name] = found
        elif field.primary_key or field.has_default() or getattr(field, "auto_now_add", False):
            if isinstance(field, models.CharField) and field.primary_key:
                facts[field.name] = f"khoa{next(_number)}"
            continue
        elif isinstance(field, models.EmailField) or field.name == "username":
            facts[field.name] = EMAIL
        elif isinstance(field, PhoneNumberField):
            facts[field.name] = PHONE
        elif isinstance(field, models.FileField):
            facts[field.name] = _file(field)
        elif isinstance(field, models.DateTimeField):
            facts[field.name] = timezone.now()
        elif isinstance(field, models.DateField):
            facts[field.name] = timezone.localdate()
        elif isinstance(field, models.DecimalField):
            facts[field.name] = Decimal(1)
        elif isinstance(field, models.BooleanField):
            facts[field.name] = True
        elif isinstance(field, models.IntegerField):
            facts[field.name] = 1
        elif isinstance(field, models.GenericIPAddressField):
            facts[field.name] = "10.1.2.3"
        elif isinstance(field, models.JSONField):
            facts[field.name] = {}
        elif field.choices and not field.blank:
            facts[field.name] = field.choices[0][0]
        elif isinstance(field, models.CharField | models.TextField):
            facts[field.name] = f"x{next(_number)}"[: field.max_length or 20]
    # Past `save`: a quote that was sent refuses lines.
    return model._base_manager.bulk_create([model(**facts)])[0]


def _file(field: Any) -> Any:
    upload = an_upload(f"{MARK}.png")
    return ContentFile(upload.read() + MARK.encode(), name=upload.name)


def _mark_all() -> None:
    for label in held():
        model = apps.get_model(label)
        spared = KEPT.get(label, set()) | NAMES.get(label, set())
        fields = [each for each in model._meta.concrete_fields if _is_text(each)]
        for row in model._base_manager.all():
            marks = {
                each.name: _mark(each)
                for each in fields
                if each.name not in spared and not (each.unique and not getattr(row, each.name))
            }
            if marks:
                model._base_manager.filter(pk=row.pk).update(**marks)


def _is_text(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    plain = not field.choices and not field.primary_key
    return text and plain and not isinstance(field, models.EmailField)


def _mark(field: Any) -> Any:
    if isinstance(field, PhoneNumberField) or "phone" in field.name:
        return PHONE
    if isinstance(field, models.JSONField):
        return {"ai": f"{MARK}{next(_number)}"}
    return f"{MARK}{next(_number)}"[: field.max_length]


def _freeze_again(order: Order) -> None:
    """The contract, read from the marked rows."""
    order = Order.objects.get(pk=order.pk)
    OrderSummary.objects.filter(order=order).delete()
    freeze_summary(order, InvoiceRequest.objects.filter(order=order).first())
