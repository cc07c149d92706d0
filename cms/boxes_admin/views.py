"""Pages for gift boxes in Wagtail's admin: all of them, the form of one, a moderator's word."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from catalogue.boxes.contents import contents_of, load_contents
from catalogue.models import GiftBox, Product
from catalogue.money import format_dong
from catalogue.stock_words import stock_note
from cms.boxes_admin.access import boxes_of, may_decide, may_edit, may_enter
from cms.boxes_admin.forms import BoxForm
from cms.boxes_admin.saving import (
    NotAllowed,
    Verdict,
    give_back,
    hand_in,
    put_on_sale,
    save_box,
    take_back,
    take_off_sale,
    try_out,
    verdict_of,
)
from cms.moderation.views import ReasonForm

PER_PAGE = 50
INDEX, EDIT, ADD = "gift-boxes", "gift-box", "gift-box-add"


@dataclass(frozen=True)
class Row:
    """One box in the list."""

    box: Product
    state: str
    maker: str
    price: str
    left: str
    trouble: str


def state_of(box: Product, gift: GiftBox | None) -> str:
    """Where a box is on its way, in words."""
    if box.live:
        return _("đang bán")
    if gift is not None and gift.handed_in_at is not None:
        return _("chờ duyệt")
    if gift is not None and gift.answer:
        return _("được trả lại")
    return _("ngừng bán") if box.has_been_live else _("bản nháp")


class BoxesPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "pick"
    # With any, Wagtail shows them in place of the title.
    breadcrumbs_items: list[dict[str, Any]] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class BoxesView(BoxesPage):
    page_title = gettext_lazy("Hộp quà")
    template_name = "cms/boxes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        boxes = boxes_of(self.request.user).order_by("live", "-gift_box__handed_in_at", "title")
        page = Paginator(boxes, PER_PAGE).get_page(self.request.GET.get("p"))
        rows = list(page.object_list)
        load_contents(rows)
        return super().get_context_data(page=page, rows=[_row(box) for box in rows], **kwargs)


def _row(box: Product) -> Row:
    contents, gift = contents_of(box), getattr(box, "gift_box", None)
    return Row(
        box,
        state_of(box, gift),
        str(gift.made_by) if gift is not None and gift.made_by else "",
        format_dong(contents.price) if contents.price is not None else "",
        stock_note(contents.left).words if contents.left != 0 else "",
        contents.trouble.words if contents.trouble is not None else "",
    )


class BoxView(BoxesPage):
    """The form of a new box, or of one; read-only for who may not change it now."""

    template_name = "cms/boxes/edit.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.box = Product(live=False)
        if "pk" in kwargs and may_enter(request.user):
            self.box = get_object_or_404(boxes_of(request.user), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.box.title) if self.box.pk else _("Hộp quà mới")

    @property
    def can_edit(self) -> bool:
        return self.box.pk is None or may_edit(self.request.user, self.box)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        box = self.box
        gift = getattr(box, "gift_box", None) if box.pk else None
        if "form" not in kwargs:
            kwargs["form"] = BoxForm(box, self.request.user)
        if box.pk and "verdict" not in kwargs:
            kwargs["verdict"] = verdict_of(box)
        return super().get_context_data(
            box=box,
            gift=gift,
            state=state_of(box, gift) if box.pk else "",
            can_edit=self.can_edit,
            decides=may_decide(self.request.user),
            is_own=gift is not None and gift.made_by_id == self.request.user.pk,
            reason=ReasonForm(),
            media=kwargs["form"].media,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.can_edit:
            raise PermissionDenied
        form = BoxForm(self.box, request.user, request.POST)
        checks = request.POST.get("do") == "check"
        if not form.is_valid():
            return self._refused(form, checks)
        was_new = self.box.pk is None
        try:
            if checks:
                return self._checked(form)
            box = save_box(form, by=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(INDEX)
        except ValidationError as refused:
            if was_new:
                self.box.pk = None
            return self._refused(form, checks, refused.messages)
        messages.success(request, _("Đã lưu hộp."))
        return redirect(EDIT, box.pk)

    def _checked(self, form: BoxForm) -> HttpResponse:
        was_new = form.box.pk is None
        verdict = try_out(form, by=self.request.user)
        if was_new:
            # What was tried out is not kept.
            form.box.pk = None
        if self.request.headers.get("X-Requested-With") == "fetch":
            return render(self.request, "cms/boxes/verdict.html", {"verdict": verdict})
        return self.render_to_response(self.get_context_data(form=form, verdict=verdict))

    def _refused(
        self, form: BoxForm, checks: bool, refusals: list[str] | None = None
    ) -> HttpResponse:
        verdict: Verdict | None = None
        context = {"form": form, "verdict": verdict, "refusals": refusals or []}
        if checks and self.request.headers.get("X-Requested-With") == "fetch":
            return render(self.request, "cms/boxes/verdict.html", {"refusals": refusals or []})
        return self.render_to_response(self.get_context_data(**context), status=422)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in, take back, publish, return, take off sale: each asks again who may."""
    if not may_enter(request.user):
        raise PermissionDenied
    box = get_object_or_404(boxes_of(request.user), pk=pk)
    done = _DEEDS.get(request.POST.get("do", ""))
    if done is None:
        return _return(request, box)
    deed, words = done
    try:
        deed(box, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, str(words))
    return redirect(EDIT, box.pk)


def _return(request: HttpRequest, box: Product) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect(reverse(EDIT, args=[box.pk]))
    try:
        give_back(box, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã trả lại người đề xuất."))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(EDIT, box.pk)


_DEEDS: dict[str, tuple[Callable[..., None], Any]] = {
    "hand-in": (hand_in, gettext_lazy("Đã gửi duyệt.")),
    "take-back": (take_back, gettext_lazy("Đã rút lại để sửa.")),
    "publish": (put_on_sale, gettext_lazy("Hộp đã lên bán.")),
    "withdraw": (take_off_sale, gettext_lazy("Hộp đã ngừng bán.")),
}
