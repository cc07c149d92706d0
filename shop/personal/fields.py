"""Boxes for consent in other rooms' forms: one for each purpose, never ticked beforehand."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import lazy

from shop.personal.consenting import give
from shop.personal.purposes import PURPOSES

_PREFIX = "consent_"


def _when_drawn(sentence: Callable[[], str]) -> Any:
    """Not asked before somebody reads it: the seller's name costs a query."""
    return lazy(sentence, str)()


class ConsentFieldsMixin(forms.Form):
    """Adds the boxes. Whoever saves the form calls `keep_consents` once it stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, purpose in PURPOSES.items():
            self.fields[_PREFIX + code] = forms.BooleanField(
                label=_when_drawn(purpose.sentence), required=False
            )

    @property
    def wants_consents(self) -> bool:
        """Whether any box is ticked."""
        return any(self.cleaned_data.get(_PREFIX + code) for code in PURPOSES)

    @property
    def consent_names(self) -> list[str]:
        return [_PREFIX + code for code in PURPOSES]

    @property
    def consent_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.consent_names]

    def keep_consents(self, email: str, *, source: str, user: Any = None) -> None:
        """Write down what was ticked, for `email`; an empty box means nothing."""
        if not email:
            return
        for code, purpose in PURPOSES.items():
            if self.cleaned_data.get(_PREFIX + code):
                give(purpose, email, source=source, user=user)
