"""Days that no calendar of a shop holds."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from shop.days import DayField
from shop.settlements.months import month_of
from shop.users.models import User
from tests.factories import PASSWORD, a_shop, signed_in

ENDS = ("0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31")
FILTERS = (
    *("/quan-ly/hoa-don/?since={0}&until={0}", "/quan-ly/nhat-ky/?tu={0}&den={0}"),
    *("/quan-ly/don-hang/?tu={0}&den={0}", "/quan-ly/so-lieu/?tu={0}&den={0}"),
    *("/quan-ly/so-lieu/?den={0}", "/quan-ly/so-lieu/?tu={0}"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ENDS)
def test_a_filter_of_the_staff_survives_the_ends_of_the_calendar(day: str) -> None:
    a_shop()
    staff = signed_in(User.objects.create_superuser("chu@example.vn", PASSWORD))
    for form in FILTERS:
        assert staff.get(form.format(day)).status_code == 200, form


@pytest.mark.parametrize("day", ENDS)
def test_such_a_day_is_refused_in_words(day: str) -> None:
    field = DayField()
    with pytest.raises(ValidationError, match="Hãy chọn một ngày"):
        field.clean(day)


@pytest.mark.parametrize("month", ["0001-01", "1999-12", "9999-12", "2026-13", "", "x"])
def test_a_month_of_accounts_is_this_one_where_there_is_no_other(month: str) -> None:
    assert month_of(month) == timezone.localdate().replace(day=1)
