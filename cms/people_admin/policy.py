"""Accounts and groups in Wagtail's office: for superusers only.

Wagtail lets whoever may change a user set any password and make anybody a superuser, and whoever
may change a group give it any right. Staff who say who may do what have their own page, which
gives no more than its groups (`shop.office.people`).
"""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.permission_policies import ModelPermissionPolicy


class SuperusersOnly(ModelPermissionPolicy):
    """Every action, on one row or in bulk, whatever rights a group was given."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser)

    def users_with_any_permission(self, actions: Any) -> Any:
        return get_user_model().objects.filter(is_active=True, is_superuser=True)
