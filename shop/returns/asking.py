"""A buyer reports goods: kept with photographs, staff and producer told, once a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.order.letters import tell_sender, write_return_letter
from shop.order.messages import ask
from shop.order.models import Order, OrderMessage, Parcel
from shop.private_files import delete_files
from shop.returns.errors import CannotReport
from shop.returns.models import ReturnLine, ReturnPhoto, ReturnRequest
from shop.returns.rules import returnable_quantity, rules, why_not

State = ReturnRequest.State
MOST_PHOTOS = 6
#: Reports of one parcel that may be taken back before the next one has to be by telephone.
MOST_WITHDRAWN = 3


@transaction.atomic
def report(
    parcel: Parcel,
    wanted: Mapping[int, int],
    *,
    reason: str,
    words: str,
    wish: str,
    key: str,
    photos: Sequence[UploadedFile] = (),
    by: Any = None,
) -> ReturnRequest:
    """Keep what a buyer says of so many of these lines of `parcel`, by their keys.

    The same key again gives the same request. Raises CannotReport for lines of another parcel,
    more than is left of one, a line that is being looked at already, or a time that is over.
    """
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    if (done := ReturnRequest.objects.filter(key=key).first()) is not None:
        if done.parcel_id != parcel.pk:
            raise CannotReport(_("Biểu mẫu này đã dùng rồi. Hãy tải lại trang."))
        return done
    locked = Parcel.objects.select_related("producer").get(pk=parcel.pk)
    locked.order = order
    if locked.returns.filter(state=State.WITHDRAWN).count() >= MOST_WITHDRAWN:
        raise CannotReport(_("Bạn đã rút lại nhiều lần. Hãy hỏi cửa hàng ở trang đơn."))
    rows = _checked(locked, wanted, reason)
    if len(photos) > MOST_PHOTOS:
        raise CannotReport(_("Nhiều nhất %(n)s ảnh.") % {"n": MOST_PHOTOS})
    asked = ReturnRequest.objects.create(
        order=order,
        parcel=locked,
        key=key,
        reason=reason,
        words=words.strip(),
        wish=wish,
        asked_by=by,
    )
    for line, quantity in rows:
        ReturnLine.objects.create(request=asked, line=line, quantity=quantity)
    for photo in photos:
        ReturnPhoto.objects.create(request=asked, file=photo)
    path = reverse("producers:parcel-report", args=[locked.pk, asked.pk])
    tell_sender(locked, _told, key=f"return:{asked.pk}", path=path, text=asked.words)
    write_return_letter("RETURN_RECEIVED", asked)
    return asked


def _told(parcel: str) -> str:
    return _("Người mua báo lỗi hàng của kiện %(parcel)s.") % {"parcel": parcel}


def _checked(parcel: Parcel, wanted: Mapping[int, int], reason: str) -> list[tuple[Any, int]]:
    known = rules()
    own = {
        line.pk: line
        for line in parcel.lines.select_related("product__parent", "lot").order_by("pk")
    }
    chosen = {pk: quantity for pk, quantity in wanted.items() if quantity}
    if not chosen:
        raise CannotReport(_("Hãy chọn món và số lượng."))
    rows = []
    for pk, quantity in chosen.items():
        line = own.get(pk)
        if line is None:
            raise CannotReport(_("Món này không nằm trong kiện."))
        if refusal := why_not(line, parcel, reason, known):
            raise CannotReport(refusal)
        if line.return_lines.filter(is_open=True).exists():
            raise CannotReport(
                _("“%(title)s” đang có một yêu cầu chờ trả lời.") % {"title": line.title}
            )
        left = returnable_quantity(line)
        if not 0 < quantity <= left:
            raise CannotReport(
                _("“%(title)s” chỉ còn báo được %(left)s.") % {"title": line.title, "left": left}
            )
        rows.append((line, quantity))
    return rows


@transaction.atomic
def add_to(
    asked: ReturnRequest,
    text: str,
    photos: Sequence[UploadedFile] = (),
    *,
    by: Any = None,
) -> OrderMessage:
    """The buyer says more, with photographs; what waited for that waits for the shop again.

    Raises CannotReport when it is decided, or with too many photographs.
    """
    order = Order.objects.select_for_update().get(pk=asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    if not locked.is_open:
        raise CannotReport(_("Yêu cầu này đã có câu trả lời."))
    keep_photos(locked, photos)
    message = ask(order, text, parcel=locked.parcel, about=locked, by=by)
    if locked.state == State.ASKED:
        locked.state = State.NEW
        locked.save(update_fields=["state"])
    return message


def keep_photos(
    asked: ReturnRequest, photos: Sequence[UploadedFile], *, of_producer: bool = False
) -> None:
    """Add photographs of one side, at most MOST_PHOTOS of each. Call it under the order's lock."""
    there = asked.photos.filter(is_of_producer=of_producer).count()
    if there + len(photos) > MOST_PHOTOS:
        raise CannotReport(_("Nhiều nhất %(n)s ảnh.") % {"n": MOST_PHOTOS})
    for photo in photos:
        ReturnPhoto.objects.create(request=asked, file=photo, is_of_producer=of_producer)


@transaction.atomic
def withdraw(asked: ReturnRequest) -> ReturnRequest:
    """The buyer takes it back while it is open, with its photographs; twice is once.

    Raises CannotReport once decided.
    """
    Order.objects.select_for_update().get(pk=asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.state == State.WITHDRAWN:
        return locked
    if not locked.is_open:
        raise CannotReport(_("Yêu cầu này đã có câu trả lời."))
    locked.state = State.WITHDRAWN
    locked.save(update_fields=["state"])
    locked.lines.update(is_open=False)
    locked.messages.unanswered().update(waits=False)
    files = [photo.file for photo in locked.photos.all()]
    locked.photos.all().delete()
    transaction.on_commit(lambda: delete_files(files), robust=True)
    return locked


@transaction.atomic
def producer_answers(
    asked: ReturnRequest, text: str, photos: Sequence[UploadedFile] = (), *, by: Any
) -> OrderMessage:
    """What the sender of the parcel says about it: read by staff and buyer.

    Raises CannotReport when it is decided, or with too many photographs.
    """
    order = Order.objects.select_for_update().get(pk=asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    if not locked.is_open:
        raise CannotReport(_("Yêu cầu này đã có câu trả lời."))
    keep_photos(locked, photos, of_producer=True)
    return OrderMessage.objects.create(
        order=order,
        parcel=locked.parcel,
        about=locked,
        side=OrderMessage.Side.PRODUCER,
        by=by,
        text=text.strip(),
    )
