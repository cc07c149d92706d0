"""A listing as its producer writes it: a draft beside what is live, handed in for moderation.

The words, the label and the pictures are a Wagtail revision of the product, moderated by its
workflow; what is live stays until a moderator approves. Price and stock go by `partner.pricing`.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from catalogue.classes import OCOP, product_class
from catalogue.gallery import has_pictures, shots_of
from catalogue.models import Category, Product
from catalogue.publishing import obstacles
from shop.partner.models import Partner, StockRecord

#: Saving again within this time writes over one's own draft instead of adding another.
ONE_SITTING = timedelta(hours=2)
#: Words whose English is stale once they change.
WORDS = ("title", "summary", "description", "ingredients", "storage", "usage", "warnings")


class ListingState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    LIVE = "live"
    CHANGED = "changed"
    ARCHIVED = "archived"


class NotPossible(Exception):
    """This step does not follow from where the listing is. The message is for the person."""


class ChangedByOther(NotPossible):
    """A colleague saved the listing since this page was opened."""


@dataclass(frozen=True)
class Progress:
    """Where a listing stands, and what a moderator said of it last."""

    state: ListingState
    reason: str = ""
    moderation: WorkflowState | None = None


def draft_of(product: Product) -> Product:
    """What the producer is working on: the latest draft, else what is live."""
    revision = product.get_latest_revision() if product.has_unpublished_changes else None
    if revision is None:
        return product
    # As `revision.as_object()`, without reading the product again.
    draft: Product = product.with_content_json(revision.content)
    for name in ("producer", "product_class", "origin"):
        known = product._state.fields_cache.get(name)
        if known is not None and getattr(draft, f"{name}_id") == known.pk:
            setattr(draft, name, known)
    return draft


def progress_of(product: Product) -> Progress:
    """Reads `_current_workflow_states` where a queryset loaded them."""
    if product.archived_at is not None:
        return Progress(ListingState.ARCHIVED)
    moderation = product.current_workflow_state
    if moderation is not None and moderation.status == WorkflowState.STATUS_IN_PROGRESS:
        return Progress(ListingState.WAITING, moderation=moderation)
    if moderation is not None:
        task = moderation.current_task_state
        return Progress(ListingState.RETURNED, task.comment if task else "", moderation)
    if not product.live:
        return Progress(ListingState.DRAFT)
    changed = product.has_unpublished_changes
    return Progress(ListingState.CHANGED if changed else ListingState.LIVE)


def version_of(product: Product) -> str:
    """Changes with every save; a form carries it to notice a colleague's."""
    revision = product.get_latest_revision()
    return f"{revision.pk}-{revision.created_at.timestamp()}" if revision else ""


@transaction.atomic
def new_listing(producer: Partner, title: str, group: Category, *, by: Any) -> Product:
    """A draft with its first stock record, without price; made where the producer is."""
    product = Product(
        structure=Product.STANDALONE,
        product_class=product_class(OCOP),
        producer=producer,
        title=title,
        origin=producer.ward,
        former_origin=producer.former_commune,
        live=False,
    )
    product.save()
    product.categories.add(group)
    add_stock_record(product, producer)
    product.save_revision(user=by, clean=False)
    return product


def add_stock_record(product: Product, producer: Any) -> StockRecord:
    """The place of its price and count; our own number for it."""
    return StockRecord.objects.create(
        product=product, partner=producer, partner_sku=f"SP-{product.pk}", num_in_stock=0
    )


@transaction.atomic
def save_draft(draft: Product, *, by: Any, seen: str | None = None) -> Product:
    """Keep what was changed on `draft`; what is live stays as it is.

    Raises NotPossible while it is being moderated, ChangedByOther when a colleague was faster.
    """
    row = _locked(draft)
    _check_open(row)
    latest = row.get_latest_revision()
    if seen is not None and latest and latest.user_id != by.pk and version_of(row) != seen:
        raise ChangedByOther(
            _("%(who)s vừa sửa sản phẩm này. Hãy tải lại trang để xem, rồi sửa tiếp.")
            % {"who": latest.user or _("Một người khác")}
        )
    before = draft_of(row)
    if any(getattr(before, name) != getattr(draft, name) for name in WORDS):
        draft.english_ready = False
    if not row.live:
        # Nobody sees it yet: lists and lots call it by its newest name.
        draft.save()
    mine = (
        latest is not None
        and latest.user_id == by.pk
        and latest.pk != row.live_revision_id
        and timezone.now() - latest.created_at < ONE_SITTING
        and not latest.task_states.exists()
    )
    draft.save_revision(user=by, clean=False, overwrite_revision=latest if mine else None)
    return draft


def what_is_missing(product: Product, draft: Product | None = None) -> list[str]:
    """What keeps the draft from being handed in, one sentence each."""
    draft = draft or draft_of(product)
    found = obstacles(draft)
    if not has_pictures(draft):
        found.append(_("Chưa có ảnh nào."))
    records = StockRecord.objects.filter(product__in=on_offer(product))
    if not records.exclude(price=None).exists():
        found.append(_("Chưa có giá bán."))
    return found


def on_offer(product: Product) -> list[Product]:
    """What is priced and counted: the variants not given up, or the product itself."""
    if not product.is_parent:
        return [product]
    return list(product.children.filter(archived_at=None).order_by("pk"))


@transaction.atomic
def hand_in(product: Product, *, by: Any) -> None:
    """Give the draft to the moderators; harmless twice. Raises NotPossible.

    The producer vouches for the facts: what was a sample of the shop's is one no more.
    """
    row = _locked(product)
    moderation = row.current_workflow_state
    if moderation is not None and moderation.status == WorkflowState.STATUS_IN_PROGRESS:
        return
    if row.live and not row.has_unpublished_changes:
        raise NotPossible(_("Chưa có gì mới để duyệt."))
    if missing := what_is_missing(row):
        raise NotPossible(" ".join(missing))
    workflow = row.get_workflow()
    if workflow is None:
        raise NotPossible(_("Cửa hàng chưa sẵn sàng duyệt. Hãy báo cửa hàng."))
    draft = draft_of(row)
    if draft.is_sample or row.get_latest_revision() is None:
        draft.is_sample = False
        draft.save_revision(user=by, clean=False)
        row = _locked(product)
    _told_by_us(by)
    moderation = row.current_workflow_state
    if moderation is not None:
        moderation.resume(user=by)
    else:
        workflow.start(row, by)


@transaction.atomic
def withdraw(product: Product, *, by: Any) -> None:
    """Take the draft back from the moderators to go on writing; harmless twice."""
    moderation = _locked(product).current_workflow_state
    if moderation is not None:
        moderation.cancel(user=by)


@transaction.atomic
def discard_draft(product: Product, *, by: Any) -> None:
    """Forget the draft of something on sale: the next one begins at what is live."""
    row = _locked(product)
    _check_open(row)
    if not row.live:
        raise NotPossible(_("Món này chưa lên kệ; hãy sửa tiếp hoặc ngừng bán."))
    live = Product.objects.get(pk=row.pk)
    live.save_revision(user=by, clean=False)
    Product.objects.filter(pk=row.pk).update(has_unpublished_changes=False)
    if moderation := row.current_workflow_state:
        moderation.cancel(user=by)


@transaction.atomic
def archive(product: Product, *, by: Any) -> None:
    """Off the shelf at once, with its memory; harmless twice."""
    row = _locked(product)
    if moderation := row.current_workflow_state:
        moderation.cancel(user=by)
    row.archived_at = row.archived_at or timezone.now()
    row.save(update_fields=["archived_at"])


@transaction.atomic
def bring_back(product: Product) -> None:
    """On the shelf again as it was; harmless twice."""
    row = _locked(product)
    row.archived_at = None
    row.save(update_fields=["archived_at"])


@transaction.atomic
def copy(product: Product, *, by: Any) -> Product:
    """A new draft with the same words, label and pictures, and nothing in stock."""
    twin = draft_of(Product.objects.get(pk=product.pk))
    pictures = [shot.entry() for shot in shots_of(twin)]
    twin.pk, twin.id = None, None
    twin.slug, twin.upc, twin.code = "", None, None
    twin.structure, twin.parent = Product.STANDALONE, None
    twin.title = _("%(title)s (bản sao)") % {"title": twin.title}
    twin.live = twin.has_unpublished_changes = twin.english_ready = False
    twin.latest_revision = twin.live_revision = None
    twin.first_published_at = twin.last_published_at = twin.archived_at = twin.rating = None
    # One number for one thing (GS1): the copy is another thing.
    twin.gtin = ""
    twin.gallery = pictures
    twin._state.adding = True
    twin.save()
    twin.categories.set(product.categories.all())
    add_stock_record(twin, twin.producer)
    twin.save_revision(user=by, clean=False)
    return twin


# --- Variants -----------------------------------------------------------------------------------


@transaction.atomic
def add_variant(product: Product, title: str, *, by: Any, **facts: Any) -> Product:
    """One more size of a listing. The first one moves price and stock from the listing to it.

    Raises NotPossible for something on sale in one size: baskets and orders know it as it is.
    """
    row = _locked(product)
    _check_open(row)
    if not row.is_parent:
        if row.has_been_live:
            raise NotPossible(
                _("Món đang bán một loại thì không chia ra được. Hãy sao chép thành món mới.")
            )
        row.structure = Product.PARENT
        row.save(update_fields=["structure"])
    variant = Product.objects.create(
        structure=Product.CHILD,
        parent=row,
        title=title,
        producer=row.producer,
        live=False,
        **facts,
    )
    moved = StockRecord.objects.filter(product=row).first()
    if moved is not None:
        moved.product = variant
        moved.save()
    else:
        add_stock_record(variant, row.producer)
    _has_news(row, by)
    return variant


@transaction.atomic
def change_variant(variant: Product, *, by: Any, **facts: Any) -> None:
    """Another name or quantity: with the listing's draft when it is on sale."""
    parent = _locked(variant.parent)
    _check_open(parent)
    draft = draft_of(Product.objects.get(pk=variant.pk))
    for name, value in facts.items():
        setattr(draft, name, value)
    if draft.live:
        draft.save_revision(user=by, clean=False)
    else:
        draft.save()
    _has_news(parent, by)


@transaction.atomic
def drop_variant(variant: Product, *, by: Any) -> None:
    """This size is no longer sold, at once. Raises NotPossible for the last one."""
    parent = _locked(variant.parent)
    _check_open(parent)
    others = parent.children.filter(archived_at=None).exclude(pk=variant.pk)
    if not others.exists():
        raise NotPossible(_("Đây là loại cuối cùng. Nếu không bán nữa, hãy ngừng bán cả món."))
    row = Product.objects.select_for_update(of=("self",)).get(pk=variant.pk)
    row.archived_at, row.live = timezone.now(), False
    row.save(update_fields=["archived_at", "live"])
    parent.save(update_fields=["date_updated"])


def _has_news(parent: Product, by: Any) -> None:
    """The listing waits to be handed in, whichever of its parts changed."""
    draft_of(parent).save_revision(user=by, clean=False)


def _locked(product: Product) -> Product:
    rows = Product.objects.select_for_update(of=("self",)).select_related("producer")
    return rows.get(pk=product.pk)


def _check_open(row: Product) -> None:
    if row.archived_at is not None:
        raise NotPossible(_("Món này đã ngừng bán. Hãy bán lại rồi sửa."))
    if row.workflow_in_progress:
        raise NotPossible(_("Món này đang chờ duyệt. Rút lại rồi sửa tiếp."))


def _told_by_us(user: Any) -> None:
    """Wagtail's own letters lead to its admin, which producers never see; ours tell them."""
    profile = UserProfile.get_for_user(user)
    if not user.has_perm("wagtailadmin.access_admin"):
        profile.approved_notifications = profile.rejected_notifications = False
        profile.save()
