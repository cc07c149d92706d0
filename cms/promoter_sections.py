"""Who works in a section of promoters: one group for each, with its own pictures and papers.

The group may add and change pages below its section, in every language of it, and hands them in
to a moderator; it has no right over pages anywhere else. Safe to ask for again: adds what is
missing, takes nothing away, follows the section's name.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import Collection
from wagtail.signals import page_published

from cms.models import PromoterSection, SectionPage
from cms.roles import (
    MODERATORS,
    PROMOTER_PAGE_RIGHTS,
    PROMOTERS,
    ensure_workflow,
    open_admin,
    open_promotion,
    page_rights,
    promoter_library_rights,
    propose_boxes,
)

#: Letters of a group's name in Django, of a collection's in Wagtail.
MOST_GROUP, MOST_COLLECTION = 150, 255


@transaction.atomic
def ensure_promoter_section(section: SectionPage) -> PromoterSection:
    """The group and the collection of a section, with all the rights they need."""
    pages = list(SectionPage.objects.filter(translation_key=section.translation_key).order_by("pk"))
    title = pages[0].title if pages else section.title
    own = PromoterSection.objects.filter(translation_key=section.translation_key).first()
    if own is None:
        own = PromoterSection(
            translation_key=section.translation_key, group=Group.objects.create(name=_free(title))
        )
    elif _name(title) != own.group.name:
        own.group.name = _free(title, taken_by=own.group)
        own.group.save()
    if own.collection is None:
        root = Collection.get_first_root_node()
        own.collection = root.add_child(name=title[:MOST_COLLECTION])
    elif own.collection.name != title[:MOST_COLLECTION]:
        own.collection.name = title[:MOST_COLLECTION]
        own.collection.save()
    own.save()
    open_admin(own.group)
    propose_boxes(own.group)
    open_promotion(own.group)
    for page in pages:
        page_rights(own.group, page, PROMOTER_PAGE_RIGHTS)
    promoter_library_rights(own.group, own.collection)
    moderators, _made = Group.objects.get_or_create(name=MODERATORS)
    ensure_workflow(moderators, pages)
    return own


def ensure_promoter_sections() -> int:
    """Every section there is; returns how many."""
    first = {page.translation_key: page for page in SectionPage.objects.order_by("-pk")}
    for section in first.values():
        ensure_promoter_section(section)
    return len(first)


def _name(title: str) -> str:
    return f"{PROMOTERS}: {title}"[:MOST_GROUP]


def _free(title: str, taken_by: Group | None = None) -> str:
    """A name for the group that no other group has: `Promoters: Bắc Lũng 2`."""
    others = Group.objects.exclude(pk=taken_by.pk) if taken_by else Group.objects.all()
    name, number = _name(title), 1
    while others.filter(name=name).exists():
        number += 1
        name = f"{_name(title)[: MOST_GROUP - 4]} {number}"
    return name


def section_is_made(instance: SectionPage, created: bool, **kwargs: Any) -> None:
    """In the admin, by a copy, by a translation: always with its group."""
    if created and not kwargs.get("raw"):
        ensure_promoter_section(instance)


def section_is_published(instance: SectionPage, **kwargs: Any) -> None:
    """Its name may be another one than when it was made."""
    ensure_promoter_section(instance)


def connect() -> None:
    post_save.connect(section_is_made, sender=SectionPage, dispatch_uid="sections.made")
    page_published.connect(
        section_is_published, sender=SectionPage, dispatch_uid="sections.published"
    )
