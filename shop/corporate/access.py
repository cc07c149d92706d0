"""Who among the staff may read companies' requests, and who may quote for them."""

LOOK = "corporate.view_quoterequest"
QUOTE = "corporate.change_quoterequest"
