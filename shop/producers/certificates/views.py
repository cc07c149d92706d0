"""Certificates of own products: what holds, until when, and papers handed to the office."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.models import Certificate, Product
from catalogue.models.certificate import LEAST_STARS, MOST_STARS
from shop.partner.membership import Role
from shop.private_files import PaperField, send_paper
from shop.producers.access import ProducerRequest, members_only
from shop.producers.certificates.confirming import withdraw
from shop.producers.models import CertificateProposal


class ProposalForm(forms.ModelForm):
    stars = forms.TypedChoiceField(
        label=gettext_lazy("Hạng sao trên quyết định"),
        choices=[(number, f"{number} ★") for number in range(LEAST_STARS, MOST_STARS + 1)],
        coerce=int,
    )
    scan = PaperField(label=gettext_lazy("Bản chụp quyết định hoặc giấy chứng nhận"))

    class Meta:
        model = CertificateProposal
        fields = (
            *("product", "dossier", "stars", "decision_number", "decided_on", "issuer"),
            *("code", "scan"),
        )
        widgets = {"decided_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "decision_number": gettext_lazy("Ví dụ: 263/QĐ-UBND."),
            "issuer": gettext_lazy("Ví dụ: UBND tỉnh Bắc Giang."),
            "code": gettext_lazy("Nếu có, chép nguyên như trong hồ sơ."),
        }

    def __init__(self, *args: Any, producer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["product"]
        field.queryset = Product.objects.filter(
            producer=producer, parent=None, archived_at=None
        ).order_by("title")
        field.label_from_instance = lambda product: product.get_title()
        field.empty_label = None
        field.error_messages["invalid_choice"] = gettext_lazy("Hãy chọn một sản phẩm của bạn.")

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa tới."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(at_least=Role.EDITOR)
def certificates(request: HttpRequest) -> HttpResponse:
    producer = cast(ProducerRequest, request).producer
    form = ProposalForm(request.POST or None, request.FILES or None, producer=producer)
    if request.method == "POST" and form.is_valid():
        form.instance.proposed_by = request.user
        form.save()
        messages.success(request, _("Đã gửi. Văn phòng OCOP xem rồi xác nhận."))
        return redirect("producers:certificates")
    today = timezone.localdate()
    held = Certificate.objects.filter(product__producer=producer).select_related("product")
    context = {
        "active_tab": "more",
        "form": form,
        "rows": [(each, (each.ends_on - today).days if each.ends_on else None) for each in held],
        "proposals": _own(request).exclude(state="confirmed")[:20],
    }
    status = 422 if form.is_bound else 200
    return render(request, "producers/certificates/index.html", context, status=status)


@require_POST
@members_only(at_least=Role.EDITOR)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    withdraw(get_object_or_404(_own(request), pk=pk))
    messages.success(request, _("Đã rút lại."))
    return redirect("producers:certificates")


@require_GET
@members_only(at_least=Role.EDITOR)
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    return send_paper(get_object_or_404(_own(request), pk=pk).scan)


def _own(request: HttpRequest) -> Any:
    producer = cast(ProducerRequest, request).producer
    return CertificateProposal.objects.filter(product__producer=producer).select_related("product")
