"""Papers of the OCOP programme that producers hand in; the programme's office confirms them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Certificate
from catalogue.models.certificate import LEAST_STARS, MOST_STARS
from shop.private_files import private_storage


def _place_of_scan(proposal: "CertificateProposal", name: str) -> str:
    return f"certificates/{proposal.product_id}/{name}"


class CertificateProposal(models.Model):
    """What a decision says, as the producer copied it, with its scan. Shows no stars anywhere."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ xác nhận")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        REFUSED = "refused", _("Không xác nhận")
        WITHDRAWN = "withdrawn", _("Đã rút")

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("Sản phẩm"),
    )
    dossier = models.CharField(
        _("Loại hồ sơ"),
        max_length=20,
        choices=Certificate.Dossier.choices,
        default=Certificate.Dossier.FIRST,
    )
    stars = models.PositiveSmallIntegerField(
        _("Hạng sao trên quyết định"),
        validators=[MinValueValidator(LEAST_STARS), MaxValueValidator(MOST_STARS)],
    )
    decision_number = models.CharField(_("Số quyết định"), max_length=100)
    decided_on = models.DateField(_("Ngày quyết định"))
    issuer = models.CharField(_("Cơ quan cấp"), max_length=200)
    code = models.CharField(_("Mã sản phẩm OCOP"), max_length=60, blank=True)
    scan = models.FileField(
        _("Bản chụp"), upload_to=_place_of_scan, storage=private_storage, max_length=250
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.WAITING
    )
    reason = models.CharField(_("Vì sao không xác nhận"), max_length=300, blank=True)
    certificate = models.OneToOneField(
        "catalogue.Certificate", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("Gửi lúc"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Xem lúc"), null=True, blank=True)

    class Meta:
        app_label = "producers"
        verbose_name = _("Chứng nhận chờ xác nhận")
        verbose_name_plural = _("Chứng nhận chờ xác nhận")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.product} · {self.decision_number}"
