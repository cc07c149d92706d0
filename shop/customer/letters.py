"""Letters about an account."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import override

from shop.users.models import User


def write_password_letter(user: User) -> None:
    """A one-time link to set a new password, in the account's own language."""
    from shop.communication.writing import write_letter

    with override(user.language):
        link = reverse(
            "customer:password-reset",
            kwargs={
                "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
                "token": default_token_generator.make_token(user),
            },
        )
    write_letter(
        "PASSWORD_RESET",
        to=user.email,
        context={"user": user, "link": settings.BASE_URL + link},
        language=user.language,
    )
