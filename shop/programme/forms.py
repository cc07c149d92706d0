from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.places.models import Province, Ward
from shop.programme.models import ProgrammePlan


class PlanForm(forms.ModelForm):
    """A year's plan. At most one of the three places says which products count."""

    ward_name = forms.CharField(
        label=_("Xã, phường"),
        required=False,
        max_length=100,
        help_text=_("Tên mới hay cũ; để trống nếu kế hoạch của nơi khác."),
    )

    class Meta:
        model = ProgrammePlan
        fields = (
            *("year", "place", "new_at_3_stars_or_more", "re_evaluations", "source"),
            *("former_district", "province", "is_public"),
        )

    field_order = (
        *("year", "place", "new_at_3_stars_or_more", "re_evaluations", "source"),
        *("former_district", "ward_name", "province", "is_public"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        province.queryset = Province.objects.current()
        province.required = False
        if self.instance.ward_id:
            self.fields["ward_name"].initial = self.instance.ward.present_address

    def clean_ward_name(self) -> Ward | None:
        words = self.cleaned_data["ward_name"].strip()
        if not words:
            return None
        found = list(Ward.objects.search(words).select_related("province")[:2])
        if not found:
            raise ValidationError(_("Không có xã, phường nào tên như vậy."))
        if len(found) > 1 and found[0].name.casefold() == found[1].name.casefold():
            raise ValidationError(_("Có nhiều nơi cùng tên: hãy ghi thêm tỉnh, thành phố."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        places = [data.get("former_district"), data.get("ward_name"), data.get("province")]
        if sum(map(bool, places)) > 1:
            raise ValidationError(_("Chỉ chọn một: huyện cũ, xã phường, hoặc tỉnh."))
        self.instance.ward = data.get("ward_name")
        return data
