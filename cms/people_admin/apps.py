from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's accounts and groups, for superusers only; its own `ready` lets more people in."""

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from cms.people_admin.policy import SuperusersOnly

        for model in (get_user_model(), Group):
            register_permission_policy(model, SuperusersOnly(model))
