"""Money: what each way of paying needs to be told. Nothing here is on until it is set."""

from shop.settings.env import env

#: How long goods wait for a bank transfer, minutes.
VIETQR_HOLD_MINUTES = env.int("VIETQR_HOLD_MINUTES", 120)

#: How providers' messages are applied, by the name in `/webhooks/<provider>/`.
PAYMENT_PROVIDERS: dict[str, str] = {}
