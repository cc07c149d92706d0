"""Choosers that survive what no browser of an editor sends."""

from typing import Any

from wagtail.admin.widgets import AdminPageChooser
from wagtail.images.widgets import AdminImageChooser


class ForgivingChooser:
    """A key that is no number names nothing.

    Wagtail's own choosers raise ValueError when a refused form with such a key is drawn again.
    """

    def get_instance(self, value: Any) -> Any:
        try:
            return super().get_instance(value)  # type: ignore[misc]
        except (TypeError, ValueError):
            return None


class PageChooser(ForgivingChooser, AdminPageChooser):
    pass


class ImageChooser(ForgivingChooser, AdminImageChooser):
    pass
