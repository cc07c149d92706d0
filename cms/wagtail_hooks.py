"""What Wagtail's admin gets from us."""

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.snippets.models import register_snippet

from cms.boxes_admin.access import may_enter
from cms.boxes_admin.choosers import thing_chooser
from cms.boxes_admin.views import ADD, EDIT, INDEX, BoxesView, BoxView, decide
from cms.editing import ContentChecker
from cms.maker_chooser import maker_chooser
from cms.moderation.views import RIGHT, ListingView, QueueView
from cms.place_choosers import former_commune_chooser, ward_chooser
from cms.product_admin import ProductViewSet
from cms.promoting.access import may_promote
from cms.promoting.urls import urlpatterns as promoting_urls

register_snippet(ProductViewSet)


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    return [former_commune_chooser, ward_chooser, maker_chooser, thing_chooser]


@hooks.register("register_admin_urls")
def listing_moderation() -> list[Any]:
    return [
        path("duyet-tin/", QueueView.as_view(), name="listing-moderation-queue"),
        path("duyet-tin/<int:pk>/", ListingView.as_view(), name="listing-moderation"),
    ]


@hooks.register("insert_global_admin_css")
def shops_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/editors.css"))


@hooks.register("construct_wagtail_userbar")
def our_checks(request: Any, items: list[Any], page: Any) -> None:
    items[:] = [
        ContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


class ModeratorsMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(RIGHT))


@hooks.register("register_admin_menu_item")
def listing_moderation_menu() -> MenuItem:
    return ModeratorsMenuItem(
        _("Duyệt tin"), reverse("listing-moderation-queue"), icon_name="tasks", order=240
    )


@hooks.register("register_admin_urls")
def gift_boxes() -> list[Any]:
    return [
        path("hop-qua/", BoxesView.as_view(), name=INDEX),
        path("hop-qua/moi/", BoxView.as_view(), name=ADD),
        path("hop-qua/<int:pk>/", BoxView.as_view(), name=EDIT),
        path("hop-qua/<int:pk>/quyet-dinh/", decide, name="gift-box-decide"),
    ]


class BoxMakersMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_enter(request.user)


@hooks.register("register_admin_menu_item")
def gift_boxes_menu() -> MenuItem:
    return BoxMakersMenuItem(_("Hộp quà"), reverse(INDEX), icon_name="pick", order=230)


@hooks.register("register_admin_urls")
def promoting() -> list[Any]:
    return promoting_urls


class PromotersMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_promote(request.user)


@hooks.register("register_admin_menu_item")
def promoting_menu() -> MenuItem:
    return PromotersMenuItem(_("Quảng bá"), reverse("promoting"), icon_name="site", order=245)
