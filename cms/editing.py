"""What the editor of a told page is told beside its form, and what Wagtail's checker looks for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.userbar import ContentCheckerItem

from cms.missing import Missing, missing_goods


class ReviewPanel(Panel):
    """Read only: goods that are gone with others in stock, words without a source."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Cần xem lại"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/panels/review.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            is_told = self.instance is not None and self.instance.pk is not None
            self.missing: list[Missing] = missing_goods(self.instance) if is_told else []
            self.lacks_sources = is_told and self.instance.lacks_sources

        def is_shown(self) -> bool:
            return bool(self.missing or self.lacks_sources)


#: A mark that nothing on a page has: the check fails wherever its rule finds an element.
_NEVER = {"evaluate": "attr-non-space-content-evaluate", "options": {"attribute": "data-mended"}}


def _rule(name: str, selector: str) -> dict[str, Any]:
    return {
        "id": name,
        "impact": "moderate",
        "selector": selector,
        "tags": ["best-practice"],
        "any": [f"check-{name}"],
        "enabled": True,
    }


class ContentChecker(ContentCheckerItem):
    """Wagtail's checks of a preview, and two of ours: the templates mark what they look for."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "goods-gone", "no-source"]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        _rule("goods-gone", "[data-goods-gone]"),
        _rule("no-source", "[data-no-source]"),
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        {"id": "check-goods-gone", **_NEVER},
        {"id": "check-no-source", **_NEVER},
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "goods-gone": {
            "error_name": _("Món hàng không còn bán"),
            "help_text": _("Chọn món khác, hoặc bỏ khối này."),
        },
        "no-source": {
            "error_name": _("Kể chuyện mà chưa ghi nguồn"),
            "help_text": _("Thêm ít nhất một nguồn ở mục Nguồn."),
        },
    }
