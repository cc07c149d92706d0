"""Bank transfer by VietQR: the order waits for money with its number in the note."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from shop.order.models import Order
from shop.payment.banks import bank_name
from shop.payment.methods.base import PENDING_PAYMENT, PaymentMethod
from shop.payment.models import BankAccount, Payment
from shop.payment.vietqr import Transfer, encode


class VietQR(PaymentMethod):
    """Offered once staff have named an account (`/quan-ly/tien/tai-khoan/`).

    The account is copied to the payment: an order is paid where its page said. Refunds are
    transfers of our own.
    """

    code = "vietqr"
    label = gettext_lazy("Chuyển khoản ngân hàng, quét mã VietQR")
    hint = gettext_lazy("Quét mã bằng ứng dụng ngân hàng. Không mất phí, xác nhận ngay.")
    badge = "VietQR"
    initial_status = PENDING_PAYMENT
    takes_deposits = True

    @property
    def hold_minutes(self) -> int | None:
        return int(settings.VIETQR_HOLD_MINUTES)

    def is_offered(self) -> bool:
        return BankAccount.objects.filter(is_active=True).exists()

    def start(self, order: Order) -> None:
        account = BankAccount.objects.get(is_active=True)
        order.payment.memory = {
            "bank_bin": account.bank_bin,
            "number": account.number,
            "holder": account.holder,
        }
        order.payment.save(update_fields=["memory"])

    def next_url(self, order: Order) -> str:
        return reverse("vietqr:transfer", kwargs={"number": order.number})


def transfer_of(payment: Payment) -> Transfer:
    """What the buyer's bank is asked to do, for a payment that this method started."""
    return Transfer(
        bank_bin=payment.memory["bank_bin"],
        account=payment.memory["number"],
        amount=int(payment.due),
        note=payment.order.number,
    )


def instructions_for(payment: Payment) -> dict[str, Any]:
    """The transfer in words: what a buyer types who cannot scan."""
    transfer = transfer_of(payment)
    return {
        "bank": bank_name(transfer.bank_bin),
        "account": transfer.account,
        "holder": payment.memory["holder"],
        "amount": payment.due,
        "note": transfer.note,
        "payload": encode(transfer),
    }
