"""The ways of paying that this shop knows, from `settings.PAYMENT_METHODS`, in that order."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from shop.payment.methods.base import PaymentContext, PaymentMethod


@dataclass(frozen=True)
class PaymentChoice:
    """A method as checkout shows it: open, or closed with the reason."""

    method: PaymentMethod
    refusal: str | None
    surcharge: Decimal

    @property
    def is_open(self) -> bool:
        return self.refusal is None


@lru_cache(maxsize=1)
def all_methods() -> tuple[PaymentMethod, ...]:
    """Every method of the settings, set up or not. Raises ImportError naming a wrong path."""
    methods = tuple(import_string(path)() for path in settings.PAYMENT_METHODS)
    codes = [method.code for method in methods]
    if len(set(codes)) != len(codes):
        raise ValueError(f"two payment methods share a code: {codes}")
    return methods


def method_of(code: str) -> PaymentMethod | None:
    """The method with this code, for an order that was placed with it; None when unknown."""
    return next((method for method in all_methods() if method.code == code), None)


def available(context: PaymentContext) -> list[PaymentChoice]:
    """The methods to show for this order, refused ones with their reason."""
    return [
        PaymentChoice(method, method.refusal(context), method.surcharge(context))
        for method in all_methods()
        if method.is_offered()
    ]


def _forget(*, setting: str, **_signal: object) -> None:
    if setting == "PAYMENT_METHODS":
        all_methods.cache_clear()


setting_changed.connect(_forget, dispatch_uid="payment-registry")


def method_label(code: str) -> str:
    """A way of paying by its name; by its code when the shop no longer knows it."""
    method = method_of(code)
    return str(method.label) if method else code
