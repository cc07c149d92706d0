"""Forms of the promoters' office."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from catalogue.cards import Card
from cms.choosing import PageChooser
from cms.models import BasePage
from cms.roles import PROMOTERS
from shop.promotion.models import Campaign, Lookbook, PromoCode
from shop.promotion.models.campaign import DECIDE, PROMOTE
from shop.promotion.models.code import MOST_PERCENT

#: Most boxes in one gift catalogue.
MOST_BOXES = 40


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CampaignForm(forms.ModelForm[Campaign]):
    class Meta:
        model = Campaign
        fields = ["name", "group", "page", "starts_on", "ends_on", "note"]
        widgets = {
            "page": PageChooser,
            "starts_on": day_input(),
            "ends_on": day_input(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = groups_of(user)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["group"].required = True
        if not self.instance.pk:
            self.fields["group"].initial = groups.first()
        self.fields["page"].required = True
        # What is not published yet is nobody else's to read.
        self.fields["page"].queryset = BasePage.objects.live()  # type: ignore[attr-defined]

    def clean_page(self) -> Any:
        page = self.cleaned_data["page"]
        if page is not None and page.specific.is_kept_from_search_engines():
            raise forms.ValidationError(
                _("Trang này nói về rượu nên không được quảng bá (Luật 44/2019/QH14).")
            )
        return page


def groups_of(user: Any) -> Any:
    """Groups that a campaign of this person may belong to; first their own section's.

    The group that all promoters are in is offered only where there is no narrower one.
    """
    app, codename = PROMOTE.split(".")
    able = Q(permissions__codename=codename, permissions__content_type__app_label=app)
    if user.has_perm(DECIDE):
        return Group.objects.filter(able).distinct().order_by("name")
    own = user.groups.order_by("name")
    narrower = own.exclude(name=PROMOTERS)
    return narrower if narrower.exists() else own


class CodeForm(forms.ModelForm[PromoCode]):
    class Meta:
        model = PromoCode
        fields = [
            *("code", "kind", "value", "most_off", "least_basket", "most_uses"),
            *("once_per_customer", "starts_on", "ends_on"),
        ]
        widgets = {
            "code": forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
            "starts_on": day_input(),
            "ends_on": day_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("4 đến 20 chữ cái không dấu và chữ số, như TETQUE2027.")
        # The model's own check of capitals comes after they are made.
        self.fields["code"].validators = []

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        if get_model("voucher", "Voucher").objects.filter(code=code).exists():
            raise forms.ValidationError(_("Mã này đã có ở cửa hàng. Hãy chọn mã khác."))
        return code

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Ngày này đã qua."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, value = data.get("kind"), data.get("value")
        if kind == PromoCode.Kind.PERCENT and value and value > MOST_PERCENT:
            self.add_error(
                "value",
                _("Giảm không quá %(n)s %% (Nghị định 81/2018/NĐ-CP).") % {"n": MOST_PERCENT},
            )
        if kind == PromoCode.Kind.AMOUNT and data.get("most_off"):
            self.add_error("most_off", _("Chỉ điền cho mã phần trăm."))
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Ngày cuối phải sau ngày đầu."))
        return data


class SheetForm(forms.Form):
    """What a poster says; by an address, so that it can be printed again."""

    title = forms.CharField(label=gettext_lazy("Tên lớn"), max_length=80)
    line = forms.CharField(label=gettext_lazy("Một dòng"), max_length=160, required=False)


class LookbookForm(forms.ModelForm[Lookbook]):
    """With a number box for each gift box: its place in the catalogue, empty to leave it out."""

    class Meta:
        model = Lookbook
        fields = ["title", "lead", "shows_prices", "two_a_page"]

    def __init__(self, *args: Any, cards: list[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        chosen = list(self.instance.boxes)
        for card in cards:
            key = card.product.pk
            self.fields[f"box_{key}"] = forms.IntegerField(
                label=card.title,
                required=False,
                min_value=1,
                max_value=999,
                initial=chosen.index(key) + 1 if key in chosen else None,
            )

    @property
    def rows(self) -> list[tuple[Card, Any]]:
        return [(card, self[f"box_{card.product.pk}"]) for card in self.cards]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        places = [
            (data[name], order, card.product.pk)
            for order, card in enumerate(self.cards)
            if data.get(name := f"box_{card.product.pk}")
        ]
        if not places and not self.errors:
            raise forms.ValidationError(_("Hãy chọn ít nhất một hộp: ghi số 1 bên cạnh nó."))
        if len(places) > MOST_BOXES:
            raise forms.ValidationError(_("Nhiều nhất %(n)s hộp một tập.") % {"n": MOST_BOXES})
        self.instance.boxes = [key for _place, _order, key in sorted(places)]
        return data
