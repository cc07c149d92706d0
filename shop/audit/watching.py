"""Which changes go into the audit log.

Named columns only, and never a secret: no password, no token, no key of a second step. Numbers
of bank accounts are masked but for their end. What buyers write when they order is in the order
itself; the log begins with what is changed afterwards.

Entries are kept for `AUDIT_KEEP_DAYS`, addresses of machines for `AUDIT_KEEP_ADDRESS_DAYS`
(`shop.audit.keeping`). Erasing an account calls `shop.audit.keeping.forget_person`.
"""

from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from auditlog.signals import pre_log
from django.apps import apps
from django.db.models.signals import pre_save


@dataclass(frozen=True)
class Watched:
    """Columns of a model that are followed. Not `from_birth`: the first row says it all itself."""

    fields: tuple[str, ...]
    masked: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    from_birth: bool = True


WATCHED: dict[str, Watched] = {
    "order.Order": Watched(
        ("status", "total_incl_tax", "shipping_incl_tax", "payment_method", "paid_at"),
        from_birth=False,
    ),
    "order.Parcel": Watched(
        ("status", "carrier", "tracking_number", "shipped_at", "delivered_at", "charge"),
        from_birth=False,
    ),
    "payment.Payment": Watched(
        (
            *("state", "method", "amount", "deposit", "received", "refunded", "held_until"),
            *("rest_due_on", "rest_may_wait"),
        ),
        from_birth=False,
    ),
    "payment.Refund": Watched(("amount", "state", "reason", "reference")),
    "payment.MoneyReceived": Watched(("state", "reason", "resolution"), from_birth=False),
    "payment.BankAccount": Watched(
        ("bank_bin", "number", "holder", "is_active"), masked=("number",)
    ),
    "settlements.Payout": Watched(("state", "amount", "until", "reference")),
    "producers.PayoutAccount": Watched(("bank_bin", "number", "holder"), masked=("number",)),
    "producers.Application": Watched(("status",), from_birth=False),
    "producers.CertificateProposal": Watched(("state", "reason")),
    "partner.Partner": Watched(
        (
            *("name", "kind", "ward", "former_commune", "tax_code", "registration_number"),
            *("shop_share", "is_public"),
        )
    ),
    "partner.Membership": Watched(("user", "partner", "role")),
    "partner.StockRecord": Watched(
        ("price", "sale_price", "sale_starts_at", "sale_ends_at", "num_in_stock")
    ),
    "partner.PriceChange": Watched(("state",), from_birth=False),
    "catalogue.Product": Watched(
        ("title", "live", "archived_at", "producer", "origin", "abv", "freight_class")
    ),
    "catalogue.Certificate": Watched(
        (
            *("product", "dossier", "registered_year", "code", "stars", "decision_number"),
            *("decided_on", "issuer", "legal_basis", "expires_on", "extended_until"),
            *("revoked_on", "revoked_reason", "source"),
        )
    ),
    "catalogue.Lot": Watched(("code", "best_before", "recalled_on", "recall_reason")),
    "voucher.Voucher": Watched(("name", "code", "usage", "start_datetime", "end_datetime")),
    "offer.ConditionalOffer": Watched(
        ("name", "status", "offer_type", "exclusive", "start_datetime", "end_datetime")
    ),
    "offer.Benefit": Watched(("type", "value", "max_affected_items")),
    "promotion.PromoCode": Watched(("code", "state")),
    "returns.ReturnRequest": Watched(("state", "outcome", "goods"), from_birth=False),
    "questions.Question": Watched(("status",), from_birth=False),
    "returns.ReturnRule": Watched(("kind", "hours_to_report", "may_change_mind", "may_be_resold")),
    "shipping.ZoneRate": Watched(
        (
            *("zone", "first_price", "first_grams", "step_price", "step_grams", "free_from"),
            *("effective_from", "least_days", "most_days"),
        )
    ),
    "shipping.DeliveryRules": Watched(
        (
            *("effective_from", "cutoff", "preparing_least", "preparing_most", "dispatch_days"),
            *("least_life_percent", "chilled_provinces", "chilled_days", "ice_fee"),
            *("ice_step_grams", "liquid_fee", "cod_fee", "cod_fee_per"),
        )
    ),
    "shipping.SpecialDay": Watched(("day", "is_closed", "reason")),
    "shipping.Fair": Watched(("name", "street", "ward", "first_day", "last_day", "order_until")),
    "shipping.ProducerTimes": Watched(("producer", "preparing_least", "preparing_most", "cutoff")),
    "carriers.Shipment": Watched(("state", "reference", "fee"), from_birth=False),
    "invoices.InvoiceRequest": Watched(("status", "number", "issued_on"), from_birth=False),
    "corporate.QuoteRequest": Watched(("state",), from_birth=False),
    "reviews.ProductReview": Watched(("status",), from_birth=False),
    "programme.ProgrammePlan": Watched(
        (
            *("year", "place", "former_district", "ward", "province"),
            *("new_at_3_stars_or_more", "re_evaluations", "source", "is_public"),
        )
    ),
    "shop.SellerIdentity": Watched(
        ("name", "address", "representative", "tax_code", "issued", "phone", "email", "sample")
    ),
    "users.User": Watched(
        ("email", "is_staff", "is_superuser", "is_active"),
        masked=("email",),
        many=("groups", "user_permissions"),
        from_birth=False,
    ),
    "auth.Group": Watched(("name",), many=("permissions",)),
}

#: Models whose rows would put a person's name or an account's whole number into the log.
UNNAMED = frozenset({"users.user", "producers.payoutaccount", "payment.bankaccount"})


def watch_models() -> None:
    """Tell django-auditlog. Raises FieldDoesNotExist for a column that a model has not got."""
    for label, watched in WATCHED.items():
        model = apps.get_model(label)
        for name in watched.fields:
            model._meta.get_field(name)
        auditlog.register(
            model,
            include_fields=list(watched.fields),
            mask_fields=list(watched.masked),
            m2m_fields=set(watched.many),
        )
    pre_log.connect(_leave_out, dispatch_uid="audit-leave-out")
    pre_save.connect(_name_nobody, sender=LogEntry, dispatch_uid="audit-name-nobody")


def _name_nobody(sender: Any, instance: LogEntry, **kwargs: Any) -> None:
    """People and accounts of banks are numbers in the log; pages look up who that is."""
    if f"{instance.content_type.app_label}.{instance.content_type.model}" in UNNAMED:
        instance.object_repr = f"#{instance.object_pk}"


def _leave_out(sender: Any, action: int, **kwargs: Any) -> bool:
    """False: nothing is written about this."""
    watched = WATCHED.get(sender._meta.label)
    return not (action == LogEntry.Action.CREATE and watched is not None and not watched.from_birth)
