"""Moderators' pages for listings, in Wagtail's admin: the queue, and both sides of one listing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from catalogue.comparing import differences, gallery_difference
from catalogue.gallery import shots_of
from catalogue.models import Product
from catalogue.publishing import obstacles
from catalogue.typed import whole_number
from cms.moderation.deciding import NotPossible, approve, give_back, task_of, waiting

RIGHT = "catalogue.publish_product"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Cần sửa gì"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Hãy nói nhà sản xuất cần sửa gì.")},
    )


class ModeratorsOnly(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"
    # With any, Wagtail shows them in place of the title.
    breadcrumbs_items: list[dict[str, Any]] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class QueueView(ModeratorsOnly):
    page_title = gettext_lazy("Tin sản phẩm chờ duyệt")
    template_name = "cms/moderation/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=waiting(), **kwargs)


class ListingView(ModeratorsOnly):
    """What is live beside what is wanted, with what the label lacks and the claims found."""

    template_name = "cms/moderation/listing.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Product.objects.select_related("producer", "origin__province")
        self.product: Product = get_object_or_404(found, pk=kwargs["pk"], parent=None)

    def get_page_title(self) -> str:
        return str(self.product.get_latest_revision_as_object().title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        product = self.product
        draft = product.get_latest_revision_as_object()
        kwargs.setdefault("form", ReasonForm())
        return super().get_context_data(
            product=product,
            draft=draft,
            task=task_of(product, self.request.user),
            differences=differences(product if product.live else _nothing(product), draft),
            galleries=gallery_difference(product, draft) if product.live else None,
            shots=[] if product.live else shots_of(draft),
            obstacles=obstacles(draft),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = request.POST.get("seen", "")
        facts: dict[str, Any] = {"by": request.user, "seen": whole_number(seen)}
        try:
            if request.POST.get("do") == "approve":
                approve(self.product, **facts)
                messages.success(request, _("Đã đăng."))
            else:
                form = ReasonForm(request.POST)
                if not form.is_valid():
                    context = self.get_context_data(form=form)
                    return self.render_to_response(context, status=422)
                give_back(self.product, reason=form.cleaned_data["reason"], **facts)
                messages.success(request, _("Đã trả lại nhà sản xuất."))
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return redirect(reverse("listing-moderation", args=[self.product.pk]))
        return redirect("listing-moderation-queue")


def _nothing(product: Product) -> Product:
    """The other side of a listing that was never live: empty."""
    return Product(structure=product.structure)
