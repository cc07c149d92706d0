"""What the groups may do, in the words of the menu rather than of permissions."""

from shop.office.navigation import MENU
from shop.staff import GROUPS


def rights_of(name: str) -> list[str]:
    """The pages that a group opens, by the names they have in the menu."""
    held = set(GROUPS[name])
    return [
        str(entry.label) for _label, entries in MENU for entry in entries if entry.right in held
    ]
