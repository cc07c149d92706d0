"""Asking for an invoice with an order."""

from dataclasses import dataclass

from shop.invoices.models import InvoiceRequest
from shop.order.models import Order


@dataclass(frozen=True)
class InvoiceDetails:
    """Whom the invoice is for, cleaned by the checkout form."""

    company_name: str
    tax_code: str
    address: str
    email: str


def freeze_invoice_request(order: Order, details: InvoiceDetails | None) -> InvoiceRequest | None:
    """Write the request beside the order it came with, in the same transaction; None for none."""
    if details is None:
        return None
    return InvoiceRequest.objects.create(
        order=order,
        company_name=details.company_name,
        tax_code=details.tax_code,
        address=details.address,
        email=details.email,
    )
