"""Forms that look for something in a list."""

from typing import Any

from django import forms


class SearchForm(forms.Form):
    """Every filter may stay open, so none says of itself that it may."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_asked_for = True  # type: ignore[attr-defined]
