"""schema.org's vocabulary as far as the shop uses it, and a reader that refuses anything else.

By type: the properties it may carry (its own and those it inherits) and what each may hold, after
the pages of these types at https://schema.org (vocabulary under CC BY-SA 3.0). A type named among
the values stands for itself and the types below it in `ABOVE`.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

THING = {
    "name": {"Text"},
    "description": {"Text"},
    "url": {"URL"},
    "image": {"URL"},
}
CREATIVE_WORK = THING | {
    "inLanguage": {"Text"},
    "datePublished": {"Date"},
    "dateModified": {"Date"},
    "author": {"Person", "Organization"},
    "publisher": {"Person", "Organization"},
    "headline": {"Text"},
}
RATING = THING | {
    "ratingValue": {"Number"},
    "bestRating": {"Number"},
    "worstRating": {"Number"},
}
TYPES: dict[str, dict[str, set[str]]] = {
    "Product": THING
    | {
        "inLanguage": {"Text"},
        "offers": {"Offer"},
        "brand": {"Brand", "Organization"},
        "manufacturer": {"Organization"},
        "gtin": {"Text"},
        "sku": {"Text"},
        "aggregateRating": {"AggregateRating"},
        "review": {"Review"},
        "hasCertification": {"Certification"},
    },
    "Offer": THING
    | {
        "price": {"Number"},
        "priceCurrency": {"Text"},
        "availability": {"URL"},
        "itemCondition": {"URL"},
        "sku": {"Text"},
    },
    "Brand": THING,
    "Person": THING,
    "Organization": THING
    | {
        "legalName": {"Text"},
        "logo": {"URL"},
        "address": {"Text", "PostalAddress"},
        "taxID": {"Text"},
        "telephone": {"Text"},
        "email": {"Text"},
    },
    "PostalAddress": THING
    | {
        "streetAddress": {"Text"},
        "addressLocality": {"Text"},
        "addressRegion": {"Text"},
        "addressCountry": {"Text"},
    },
    "Certification": CREATIVE_WORK
    | {
        "certificationIdentification": {"Text"},
        "issuedBy": {"Organization"},
        "validFrom": {"Date"},
        "expires": {"Date"},
        "certificationRating": {"Rating"},
    },
    "Rating": RATING,
    "AggregateRating": RATING | {"reviewCount": {"Integer"}},
    "Review": CREATIVE_WORK | {"reviewBody": {"Text"}, "reviewRating": {"Rating"}},
    "BreadcrumbList": THING | {"itemListElement": {"ListItem"}},
    "ListItem": THING | {"position": {"Integer"}, "item": {"URL"}},
    "WebSite": CREATIVE_WORK | {"potentialAction": {"SearchAction"}},
    "SearchAction": THING | {"target": {"EntryPoint"}, "query-input": {"Text"}},
    "EntryPoint": THING | {"urlTemplate": {"Text"}},
    "Article": CREATIVE_WORK,
}
#: A type and the one above it, where a property asks for the one above.
ABOVE = {"AggregateRating": "Rating"}
#: What search engines will not read the type without.
NEEDED = {
    "Product": {"name", "offers", "image"},
    "Offer": {"price", "priceCurrency", "availability"},
    "AggregateRating": {"ratingValue", "reviewCount"},
    "Review": {"author", "reviewRating"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "WebSite": {"name", "url"},
    "Organization": {"name"},
    "Article": {"headline", "datePublished"},
    "Certification": {"name", "issuedBy"},
}


def faults(data: Any, where: str = "") -> list[str]:
    """What is wrong with one block; empty when nothing is."""
    if not where and data.get("@context") != "https://schema.org":
        return ["no @context"]
    kind = data.get("@type")
    where = f"{where}/{kind}"
    if kind not in TYPES:
        return [f"{where}: unknown type"]
    found = [f"{where}: lacks {name}" for name in NEEDED.get(kind, set()) - data.keys()]
    for name, value in data.items():
        if name.startswith("@"):
            continue
        if name not in TYPES[kind]:
            found.append(f"{where}: {name} is no property of {kind}")
            continue
        for each in value if isinstance(value, list) else [value]:
            found += _value_faults(each, TYPES[kind][name], f"{where}.{name}")
    return found


def _value_faults(value: Any, allowed: set[str], where: str) -> list[str]:
    if isinstance(value, dict):
        kind = str(value.get("@type"))
        if kind not in allowed and ABOVE.get(kind) not in allowed:
            return [f"{where}: {kind} instead of {sorted(allowed)}"]
        return faults(value, where)
    if any(_IS[kind](value) for kind in allowed & _IS.keys()):
        return []
    return [f"{where}: {value!r} is none of {sorted(allowed)}"]


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _is_date(value: Any) -> bool:
    try:
        return date.fromisoformat(value) is not None
    except (TypeError, ValueError):
        return False


_IS = {
    "Text": lambda value: isinstance(value, str) and value.strip() != "",
    "URL": lambda value: isinstance(value, str) and bool(re.match(r"https?://[^\s]+$", value)),
    "Date": _is_date,
    "Number": _is_number,
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
