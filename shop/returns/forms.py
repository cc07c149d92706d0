"""What buyers, producers and staff type about goods that were not right."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Lot
from shop.order.models import Line, Parcel
from shop.order.models.message import MESSAGE_LENGTH
from shop.photos import PhotosField
from shop.returns.asking import MOST_PHOTOS
from shop.returns.deciding import Decision, proposed_extra
from shop.returns.goods import Back
from shop.returns.models import ReturnLine, ReturnRequest, ReturnRule
from shop.returns.models.request import WORDS_LENGTH
from shop.returns.rules import (
    NOTHING_CAME,
    OF_THE_BUYER,
    is_sound,
    reasons_for,
    returnable_quantity,
    rules,
    why_not,
)

Reason, Wish = ReturnRequest.Reason, ReturnRequest.Wish
HOW_MANY = {"inputmode": "numeric"}


def _photos() -> PhotosField:
    return PhotosField(
        label=gettext_lazy("Ảnh"),
        required=False,
        most=MOST_PHOTOS,
        help_text=gettext_lazy(
            "Đến 6 ảnh: hàng, bao bì, tem lô. Chỉ bạn, nhà sản xuất và cửa hàng xem được."
        ),
    )


class ReportForm(forms.Form):
    """What was wrong with so many of each line of a parcel."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    reason = forms.ChoiceField(
        label=gettext_lazy("Chuyện gì"),
        error_messages={"required": gettext_lazy("Hãy chọn lý do.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Kể rõ hơn"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Hãy kể chuyện gì đã xảy ra.")},
    )
    photos = _photos()
    wish = forms.ChoiceField(
        label=gettext_lazy("Bạn muốn"), choices=Wish.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, parcel: Parcel, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4().hex, "wish": Wish.REFUND})
        super().__init__(*args, **kwargs)
        self.quantities: dict[str, int] = {}
        lines = parcel.lines.filter(is_wrapping=False).order_by("pk")
        left, self.waiting = _left_of(lines)
        self._offer_reasons(parcel, list(left))
        for line, most in left.items():
            name = f"quantity_{line.pk}"
            self.quantities[name] = line.pk
            self.fields[name] = forms.IntegerField(
                label=line.title,
                required=False,
                min_value=0,
                max_value=most,
                initial=most if len(left) == 1 and most == 1 else None,
                help_text=_("Nhiều nhất %(n)s.") % {"n": most},
                widget=forms.NumberInput(attrs=HOW_MANY),
                error_messages={
                    "invalid": _("Hãy nhập một số nguyên."),
                    "max_value": _("Nhiều nhất %(n)s.") % {"n": most},
                },
            )
            self.fields[name].is_asked_for = True  # type: ignore[attr-defined]

    def _offer_reasons(self, parcel: Parcel, lines: list[Line]) -> None:
        """Those that hold for one of the lines; one that was sent all the same, to say why not."""
        known = rules()
        possible = [
            reason
            for reason in reasons_for(parcel)
            if reason == self.data.get("reason")
            or any(not why_not(line, parcel, reason, known) for line in lines)
        ]
        reasons = [(each.value, each.label) for each in possible]
        field: Any = self.fields["reason"]
        field.choices = [("", _("Chọn lý do")), *reasons] if len(reasons) > 1 else reasons

    @property
    def rows(self) -> list[Any]:
        return [self[name] for name in self.quantities]

    @property
    def wanted(self) -> dict[int, int]:
        data = self.cleaned_data
        return {pk: data[name] for name, pk in self.quantities.items() if data.get(name)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = any(data.get(name) for name in self.quantities)
        if self.quantities and not named and not any(n in self.errors for n in self.quantities):
            self.add_error(next(iter(self.quantities)), _("Hãy ghi số lượng của món bị lỗi."))
        return data


def _left_of(lines: Iterable[Line]) -> tuple[dict[Line, int], list[tuple[Line, int]]]:
    """Pieces that may be reported now, and those that wait for the open request of their line."""
    now: dict[Line, int] = {}
    later: list[tuple[Line, int]] = []
    for line in lines:
        asked = line.return_lines.filter(is_open=True).first()
        left = returnable_quantity(line)
        if asked is None and left:
            now[line] = left
        elif asked is not None and left > asked.quantity:
            later.append((line, left - asked.quantity))
    return now, later


class MoreForm(forms.Form):
    """More words and photographs for an open report."""

    text = forms.CharField(
        label=gettext_lazy("Viết thêm"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy viết vài lời.")},
    )
    photos = _photos()


class DecideForm(forms.Form):
    """What staff agree to: pieces, a sum beside, whose loss it is, whether goods come back."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Làm gì"),
        choices=[
            (Wish.REFUND, Wish.REFUND.label),
            (Wish.REPLACE, Wish.REPLACE.label),
            (Wish.TELL, gettext_lazy("Chỉ ghi nhận")),
        ],
        widget=forms.RadioSelect,
    )
    extra = forms.IntegerField(
        label=gettext_lazy("Ngoài tiền hàng, đồng"),
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs=HOW_MANY),
        help_text=gettext_lazy("Phần phí giao, hoặc tiền bù khi người mua giữ hàng."),
    )
    borne_by = forms.ChoiceField(
        label=gettext_lazy("Bên chịu"),
        choices=ReturnRequest.Bearer.choices,
        widget=forms.RadioSelect,
    )
    goods_come_back = forms.BooleanField(
        label=gettext_lazy("Người mua gửi hàng lại"), required=False
    )
    answer = forms.CharField(
        label=gettext_lazy("Lời cho người mua"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy viết cho người mua.")},
    )

    def __init__(self, *args: Any, asked: ReturnRequest, rows: list[ReturnLine], **kwargs: Any):
        by_buyer = asked.reason in OF_THE_BUYER
        kwargs.setdefault(
            "initial",
            {
                "outcome": asked.wish,
                "extra": int(proposed_extra(asked)),
                "borne_by": asked.borne_by if not by_buyer else ReturnRequest.Bearer.PRODUCER,
                "goods_come_back": by_buyer or asked.reason == Reason.WRONG,
            },
        )
        super().__init__(*args, **kwargs)
        self.quantities: dict[str, int] = {}
        for row in rows:
            name = f"agreed_{row.pk}"
            self.quantities[name] = row.pk
            self.fields[name] = forms.IntegerField(
                label=row.line.title,
                help_text=_("Nhiều nhất %(n)s.") % {"n": row.quantity},
                required=False,
                min_value=0,
                max_value=row.quantity,
                initial=row.quantity,
                widget=forms.NumberInput(attrs=HOW_MANY),
            )
            self.fields[name].is_asked_for = True  # type: ignore[attr-defined]
        if asked.reason in NOTHING_CAME:
            del self.fields["goods_come_back"]

    @property
    def rows(self) -> list[Any]:
        return [self[name] for name in self.quantities]

    @property
    def decision(self) -> Decision:
        data = self.cleaned_data
        return Decision(
            outcome=data["outcome"],
            answer=data["answer"],
            agreed={pk: data.get(name) or 0 for name, pk in self.quantities.items()},
            extra=Decimal(data.get("extra") or 0),
            borne_by=data["borne_by"],
            goods_come_back=bool(data.get("goods_come_back")),
        )


class RefuseForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Vì sao không"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy nói vì sao: người mua sẽ đọc.")},
    )


class AskForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Hỏi người mua thêm"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy viết cần thêm gì.")},
    )


class CameForm(forms.Form):
    """How many of what came back are sound, and into which lot they go."""

    def __init__(self, *args: Any, rows: list[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: list[tuple[int, str, str]] = []
        known = rules()
        for row in rows:
            if not row.agreed or not is_sound(row, known):
                continue
            sound, lot = f"sound_{row.pk}", f"lot_{row.pk}"
            self.fields[sound] = forms.IntegerField(
                label=_("%(title)s: nguyên vẹn, chưa mở") % {"title": row.line.title},
                required=False,
                min_value=0,
                max_value=row.agreed,
                widget=forms.NumberInput(attrs=HOW_MANY),
                help_text=_("Nhiều nhất %(n)s. Số này bán lại được, còn lại ghi là bỏ đi.")
                % {"n": row.agreed},
            )
            product = row.line.product
            if row.line.lot_id is None and product is not None:
                lots = Lot.objects.filter(product=product.parent_id or product.pk)
                if lots.exists():
                    self.fields[lot] = forms.ModelChoiceField(
                        lots, label=_("Nhập vào lô"), required=False
                    )
            self.lines.append((row.pk, sound, lot))

    @property
    def back(self) -> dict[int, Back]:
        data = self.cleaned_data
        return {
            pk: Back(data.get(sound) or 0, chosen.pk if (chosen := data.get(lot)) else None)
            for pk, sound, lot in self.lines
        }


class RuleForm(forms.ModelForm):
    """One row of the rules, as staff set it."""

    class Meta:
        model = ReturnRule
        fields = ("hours_to_report", "may_change_mind", "may_be_resold")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours_to_report"].widget.attrs.update(HOW_MANY)
        if self.instance.kind == "perishable":
            del self.fields["may_be_resold"]

    def save(self, commit: bool = True) -> ReturnRule:
        """What staff set is no sample any more."""
        self.instance.is_sample = False
        return super().save(commit)
