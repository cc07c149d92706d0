"""What programs do in forms that stand open to everybody, and people do not.

Two marks: a field that no person sees is filled in, and the form comes back sooner than anybody
types. Whoever fills the field in is answered as if all were well; whoever was only quick is asked
to send again, with all that was typed: it may have been a person after all.
"""

import time
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

#: The field that stays empty, and the moment at which the form was drawn.
FIELD, DRAWN = "website", "drawn"
_SALT = "shop.traps"


def drawn_now() -> str:
    """The moment, signed. A page that was kept for a while shows an older one: no matter."""
    return signing.dumps(int(time.time()), salt=_SALT)


class TrapMixin(forms.Form):
    """For forms of strangers. Templates have `{% trap form %}`; views ask `is_trapped`."""

    #: For templates of many forms.
    has_trap = True

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled this in: nothing is to come of it, and it is not to be told."""
        return bool(self.data.get(FIELD))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        least = settings.FORM_LEAST_SECONDS
        if least and not self.is_trapped and self._seconds_open() < least:
            raise forms.ValidationError(
                _("Bạn gửi nhanh quá. Xin xem lại rồi bấm gửi lần nữa."), code="too_quick"
            )
        return cleaned

    def _seconds_open(self) -> float:
        try:
            drawn = signing.loads(self.data.get(DRAWN, ""), salt=_SALT)
        except signing.BadSignature:
            return -1
        return time.time() - drawn if isinstance(drawn, int) else -1
