"""Who may do what in Wagtail's admin. Adds what is missing, takes nothing away.

Promoters write in the shop's own sections and hand in; those of one commune or team in their own
(see `cms.promoter_sections`). Moderators publish, and they alone edit products as text. No group is
`is_staff`: Oscar's dashboard shows its staff everything.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from catalogue.models import GiftBox, Product
from cms.models import (
    BasePage,
    CampaignIndexPage,
    EventIndexPage,
    GiftIndexPage,
    PlaceIndexPage,
    StoryIndexPage,
)
from shop.promotion.models import Campaign, PromoCode

PROMOTERS, MODERATORS = "Promoters", "Moderators"
#: Promoters' own pictures and papers.
COLLECTION = "Câu chuyện và hộp quà"
WORKFLOW = "Duyệt trước khi đăng"
TASK = "Kiểm duyệt viên duyệt"

#: The shop's own sections in which promoters write.
OWN_SECTIONS = (
    StoryIndexPage,
    GiftIndexPage,
    PlaceIndexPage,
    EventIndexPage,
    CampaignIndexPage,
)
PROMOTER_PAGE_RIGHTS = ("add", "change")
MODERATOR_PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock")
LIBRARY = ((Image, "image"), (Document, "document"))
#: Without "view", which would open Oscar's list of products in the dashboard to them.
MODERATOR_PRODUCT_RIGHTS = ("change", "publish", "lock", "unlock")


def ensure_groups() -> tuple[Group, Group]:
    """The groups Promoters and Moderators with their rights. Needs the section pages."""
    promoters, _made = Group.objects.get_or_create(name=PROMOTERS)
    moderators, _made = Group.objects.get_or_create(name=MODERATORS)
    for group in (promoters, moderators):
        open_admin(group)
    sections: list[BasePage] = [page for model in OWN_SECTIONS for page in model.objects.all()]
    for section in sections:
        page_rights(promoters, section, PROMOTER_PAGE_RIGHTS)
    root = BasePage.get_first_root_node()
    page_rights(moderators, root, MODERATOR_PAGE_RIGHTS)
    library = Collection.get_first_root_node()
    own = Collection.objects.filter(name=COLLECTION).first()
    if own is None:
        own = library.add_child(name=COLLECTION)
    promoter_library_rights(promoters, own)
    for model, name in LIBRARY:
        for right in ("add", "change", "choose"):
            _collection_right(moderators, library, model, f"{right}_{name}")
    for group in (promoters, moderators):
        open_promotion(group)
        propose_boxes(group)
    moderators.permissions.add(permission_of(PromoCode, "decide_promocode"))
    for right in MODERATOR_PRODUCT_RIGHTS:
        moderators.permissions.add(permission_of(Product, f"{right}_product"))
    ensure_workflow(moderators, sections)
    return promoters, moderators


def open_admin(group: Group) -> None:
    group.permissions.add(Permission.objects.get(codename="access_admin"))


def propose_boxes(group: Group) -> None:
    """Gift boxes that wait for a moderator before they are on sale (`cms.boxes_admin`)."""
    group.permissions.add(permission_of(GiftBox, "add_giftbox"))


def open_promotion(group: Group) -> None:
    """Campaigns of their own, codes to propose, papers, numbers (`cms.promoting`)."""
    group.permissions.add(permission_of(Campaign, "change_campaign"))


def permission_of(model: Any, codename: str) -> Permission:
    """The permission of a model; made where Wagtail has not made it yet."""
    return Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(model),
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )[0]


def page_rights(group: Group, page: BasePage, rights: tuple[str, ...]) -> None:
    for right in rights:
        permission = permission_of(BasePage, f"{right}_basepage")
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def promoter_library_rights(promoters: Group, own: Collection) -> None:
    """Pictures and papers of their own collection; the others' pictures to choose from only."""
    for model, name in LIBRARY:
        for right in ("add", "change", "choose"):
            _collection_right(promoters, own, model, f"{right}_{name}")
    # Producers' pictures may be shown in stories, not changed.
    _collection_right(promoters, Collection.get_first_root_node(), Image, "choose_image")


def _collection_right(group: Group, collection: Collection, model: Any, codename: str) -> None:
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=collection, permission=permission_of(model, codename)
    )


def ensure_workflow(moderators: Group, sections: list[Any]) -> None:
    """What a promoter hands in waits for one moderator."""
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        task = GroupApprovalTask.objects.create(name=TASK)
        task.groups.add(moderators)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    # Listings go the same way.
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Product), defaults={"workflow": workflow}
    )
    for section in sections:
        WorkflowPage.objects.get_or_create(page_id=section.pk, defaults={"workflow": workflow})
