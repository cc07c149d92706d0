"""Forms of the tables of delivery. What is typed is kept; what priced an order is not changed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.dong import DongField
from shop.partner.models import Partner
from shop.places.choices import province_choices, ward_choices
from shop.shipping.models import DeliveryRules, Fair, ProducerTimes, SpecialDay, ZoneRate
from shop.shipping.rates import Zone
from shop.shipping.weekdays import WeekdaysField

ALREADY_PRICED = _(
    "Dòng này đã tính phí cho đơn hàng nên giữ nguyên. Hãy thêm một dòng mới, áp dụng từ ngày khác."
)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class _TableForm(forms.ModelForm):
    """Numbers get the keyboard of digits, and are read as people write them: `32.000`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField | forms.DecimalField):
                self.fields[name] = DongField(
                    label=field.label,
                    required=field.required,
                    initial=field.initial,
                    help_text=field.help_text,
                    min_value=0,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                )


def _not_past(form: forms.ModelForm, name: str) -> Any:
    day = form.cleaned_data[name]
    if name in form.changed_data and day < timezone.localdate():
        raise ValidationError(_("Chọn từ hôm nay trở đi: chuyện đã qua giữ nguyên."))
    return day


class _EffectiveForm(_TableForm):
    """A row that begins today or later; one that has begun stays until it priced something."""

    def clean_effective_from(self) -> Any:
        return _not_past(self, "effective_from")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            self.instance.pk
            and type(self.instance)._default_manager.get(pk=self.instance.pk).has_priced
        ):
            raise ValidationError(ALREADY_PRICED)
        return cleaned


class RateForm(_EffectiveForm):
    class Meta:
        model = ZoneRate
        fields = (
            *("zone", "effective_from", "first_grams", "first_price", "step_grams", "step_price"),
            *("free_from", "least_days", "most_days", "is_sample"),
        )
        widgets = {"effective_from": DAY}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, most = cleaned.get("least_days"), cleaned.get("most_days")
        if least is not None and most is not None and most < least:
            self.add_error("most_days", _("Nhiều nhất không thể ít hơn ít nhất."))
        return cleaned


class RulesForm(_EffectiveForm):
    dispatch_days = WeekdaysField(label=_("Ngày gửi hàng trong tuần"))
    chilled_days = WeekdaysField(label=_("Ngày gửi hàng lạnh"))
    chilled_provinces = forms.MultipleChoiceField(
        label=_("Tỉnh nhận hàng lạnh"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = DeliveryRules
        fields = (
            *("effective_from", "cutoff", "preparing_least", "preparing_most", "dispatch_days"),
            *("least_life_percent", "chilled_days", "ice_fee", "ice_step_grams", "liquid_fee"),
            *("cod_fee", "cod_fee_per", "chilled_provinces", "is_sample"),
        )
        widgets = {"effective_from": DAY, "cutoff": HOUR}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chilled_provinces"]
        field.choices = province_choices()


class OwnTimesForm(_TableForm):
    class Meta:
        model = ProducerTimes
        fields = ("producer", "preparing_least", "preparing_most", "cutoff")
        widgets = {"cutoff": HOUR}
        help_texts = {"cutoff": _("Để trống: giờ chung của chợ.")}
        error_messages = {
            "producer": {"unique": _("Nhà này đã có thời gian riêng. Hãy sửa dòng của nhà ấy.")}
        }


class SpecialDayForm(_TableForm):
    class Meta:
        model = SpecialDay
        fields = ("day", "is_closed", "reason")
        widgets = {"day": DAY}
        help_texts = {
            "is_closed": _("Bỏ đánh dấu khi hôm ấy là ngày lễ mà vẫn gửi hàng."),
        }
        error_messages = {
            "day": {"unique": _("Ngày này đã có trong bảng. Hãy sửa dòng của ngày ấy.")}
        }

    def clean_day(self) -> Any:
        return _not_past(self, "day")


class FairForm(_TableForm):
    producers = forms.ModelMultipleChoiceField(
        label=_("Nhà sản xuất mang hàng tới"),
        queryset=Partner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Fair
        fields = (
            *("name", "street", "ward", "first_day", "last_day", "opens_at", "closes_at"),
            *("order_until", "producers", "is_sample"),
        )
        widgets = {
            "first_day": DAY,
            "last_day": DAY,
            "opens_at": HOUR,
            "closes_at": HOUR,
            "order_until": MOMENT,
        }

    def __init__(self, *args: Any, home_province: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        producers: Any = self.fields["producers"]
        producers.queryset = Partner.objects.order_by("name")
        # A fair lies where the producers are; elsewhere its own ward stays on the list.
        ward: Any = self.fields["ward"]
        choices = ward_choices(home_province)
        if self.instance.ward_id and self.instance.ward_id not in dict(choices):
            choices = [(self.instance.ward_id, str(self.instance.ward)), *choices]
        ward.choices = [("", "---------"), *choices]


def copy_of_rate(zone: str) -> dict[str, Any]:
    """A new row begins tomorrow with what holds today."""
    rate = ZoneRate.objects.in_force(timezone.localdate()).get(zone)
    return _copied(rate, RateForm) | {"zone": zone if zone in Zone.values else None}


def copy_of_rules() -> dict[str, Any]:
    return _copied(DeliveryRules.objects.in_force(timezone.localdate()), RulesForm)


def _copied(row: models.Model | None, form: type[forms.ModelForm]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in form.Meta.fields} if row else {}  # type: ignore[attr-defined]
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {**values, "effective_from": tomorrow, "is_sample": False}
