"""What follows when a page goes live, moves or leaves: lists are forgotten, pictures are made.

Wagtail's editor saves a draft every half second, so nothing here listens to `post_save` of pages.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.blocks.reading import keys_in
from cms.remembered import forget
from cms.tasks import make_page_renditions


def lists_change(**kwargs: Any) -> None:
    """After the commit: a reader in between would keep the old list."""
    transaction.on_commit(forget)


def pictures_are_made(instance: Any, **kwargs: Any) -> None:
    field = getattr(instance, "lead_picture_field", lambda: None)()
    keys = {instance.share_image_id, getattr(instance, f"{field}_id") if field else None}
    keys.update(keys_in(getattr(instance, "body", None), "pictures.Picture"))
    for key in keys - {None}:
        transaction.on_commit(partial(make_page_renditions.enqueue, key))


def connect() -> None:
    from cms.models import BasePage
    from shop.partner.models import Partner

    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(lists_change, dispatch_uid="cms.lists_change")
    page_published.connect(pictures_are_made, dispatch_uid="cms.pictures_are_made")
    for model in (BasePage, *_kinds(BasePage)):
        post_delete.connect(lists_change, sender=model, dispatch_uid=f"cms.{model.__name__}.gone")
    for signal in (post_save, post_delete):
        signal.connect(lists_change, sender=Partner, dispatch_uid="cms.makers_change")
        signal.connect(lists_change, sender=PageViewRestriction, dispatch_uid="cms.restrictions")
        signal.connect(lists_change, sender=Redirect, dispatch_uid="cms.redirects")
        signal.connect(lists_change, sender=Site, dispatch_uid="cms.sites")


def _kinds(model: Any) -> list[Any]:
    return [kind for child in model.__subclasses__() for kind in (child, *_kinds(child))]
