"""Rights over pages that show no rows of one model."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeRight(models.Model):
    """No table: a place for permissions to belong to."""

    class Meta:
        app_label = "office"
        managed = False
        default_permissions = ()
        permissions = [
            ("view_numbers", _("Xem số liệu bán hàng")),
            ("view_customers", _("Xem khách hàng và đơn của họ")),
            ("export_customers", _("Xuất danh sách khách hàng")),
            ("move_parcels", _("Đóng gói, gửi và nhận lại kiện hàng")),
            ("assign_groups", _("Xếp người vào nhóm quyền")),
        ]

    def __str__(self) -> str:
        return "office"
