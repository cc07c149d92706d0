"""The OCOP programme's tree of groups into the database: 6 trades, 26 sets (QĐ 26/2026/QĐ-TTg)."""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

FILE = Path(__file__).parent / "data" / "groups.toml"


def read_groups() -> dict[str, list[dict[str, Any]]]:
    """The lists `branches` (trades) and `groups` (sets), as the file says."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


@transaction.atomic
def load_groups() -> int:
    """Add what is missing and mend names; returns how many rows were added or changed.

    Trades are known by their slug, sets by their number; nothing is moved or removed.
    """
    Category = apps.get_model("catalogue", "Category")
    lists = read_groups()
    changed = 0
    trades = {}
    for trade in lists["branches"]:
        found = Category.objects.filter(depth=1, slug=trade["slug"]).first()
        if found is None:
            found = Category.add_root(
                name=trade["name"], name_en=trade["name_en"], slug=trade["slug"]
            )
            changed += 1
        else:
            changed += _rename(found, trade)
        trades[trade["number"]] = found
    known = {each.number: each for each in Category.objects.filter(number__isnull=False)}
    for group in lists["groups"]:
        if (found := known.get(group["number"])) is not None:
            changed += _rename(found, group)
            continue
        # Treebeard keeps the number of children in the row: a stale parent would write it wrong.
        parent = Category.objects.get(pk=trades[group["branch"]].pk)
        parent.add_child(
            name=group["name"],
            name_en=group["name_en"],
            slug=group["slug"],
            number=group["number"],
        )
        changed += 1
    return changed


def _rename(category: Any, row: dict[str, Any]) -> int:
    if (category.name, category.name_en) == (row["name"], row["name_en"]):
        return 0
    category.name, category.name_en = row["name"], row["name_en"]
    category.save(update_fields=["name", "name_en"])
    return 1
