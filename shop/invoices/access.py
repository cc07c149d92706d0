"""Who among the staff may look at requests for invoices, and who may answer them."""

LOOK = "invoices.view_invoicerequest"
ANSWER = "invoices.change_invoicerequest"
