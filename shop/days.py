"""Days that people type: a field for every form."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

#: Days outside of these are slips of the finger, and near the ends of the calendar no clock can
#: tell them in another zone.
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # Browsers read and send days this way, whatever the language.
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day from `EARLIEST` to `LATEST`, as a browser sends it."""

    widget = DayInput
    default_error_messages = {"invalid": _("Hãy chọn một ngày.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        message = self.error_messages["invalid"]
        self.validators += [
            MinValueValidator(EARLIEST, message),
            MaxValueValidator(LATEST, message),
        ]
