"""Which tables could hold something of a person."""

from collections.abc import Container

from django.apps import apps
from django.db.models import EmailField, Field, ForeignKey, Model

#: Words in a column's name that mean a person.
TELLING = ("phone", "email", "user_agent", "ip_address")
#: What refers to one of these refers to a person.
ROOTS = ("users.User", "order.Order", "basket.Basket")


def watched(held: Container[str]) -> set[type[Model]]:
    """Tables that refer to an account, an order or a basket, or have an email address, a telephone
    number, a browser or a network address; and those whose rows exist only with a row of a table
    in `held`.

    Proxies and the tables of many-to-many fields follow their owners.
    """
    models = [model for model in apps.get_models() if not model._meta.proxy]
    return {
        model
        for model in models
        if model._meta.label in ROOTS
        or any(_tells(field) or _belongs(field, held) for field in _fields(model))
    }


def _fields(model: type[Model]) -> list[Field]:
    return [each for each in model._meta.concrete_fields if each.model is model]


def _tells(field: Field) -> bool:
    if isinstance(field, ForeignKey):
        return field.related_model._meta.label in ROOTS
    return isinstance(field, EmailField) or any(word in field.name for word in TELLING)


def _belongs(field: Field, held: Container[str]) -> bool:
    return (
        isinstance(field, ForeignKey) and not field.null and field.related_model._meta.label in held
    )
