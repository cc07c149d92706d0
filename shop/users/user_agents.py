"""What a browser says of itself, in words that its owner knows."""

from django.utils.translation import gettext as _

#: Part of the user agent → name, the first that fits. Those built on others come before them.
BROWSERS = (
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("Zalo", "Zalo"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def words_of(user_agent: str) -> str:
    """`Chrome trên điện thoại Android`; plain words where nothing is known."""
    browser = next((name for part, name in BROWSERS if part in user_agent), "")
    system = _system(user_agent)
    if browser and system:
        return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Thiết bị không rõ")


def _system(user_agent: str) -> str:
    if "iPhone" in user_agent:
        return "iPhone"
    if "iPad" in user_agent:
        return "iPad"
    if "Android" in user_agent:
        return _("điện thoại Android") if "Mobile" in user_agent else _("máy tính bảng Android")
    if "Windows" in user_agent:
        return _("máy tính Windows")
    if "Macintosh" in user_agent:
        return _("máy tính Mac")
    if "CrOS" in user_agent:
        return "Chromebook"
    return _("máy tính Linux") if "Linux" in user_agent else ""
