"""Money: what each way of paying needs to be told. Nothing here is on until it is set."""

from shop.settings.env import env

#: How long goods wait for a bank transfer, minutes.
VIETQR_HOLD_MINUTES = env.int("VIETQR_HOLD_MINUTES", 120)

#: Seconds between two rounds of the worker (`shop.worker`).
WORKER_SECONDS = env.int("WORKER_SECONDS", 20)
#: Jobs beside the worker's own: dotted paths of functions that say how much they did.
WORKER_JOBS: list[str] = [
    "cms.scheduled.follow_schedule",
    "shop.carriers.tidying.cancel_what_fell",
]
#: Whether the server runs the worker in a thread of its own: the embedded shop, one machine.
WORKER_IN_SERVER = env.bool("WORKER_IN_SERVER", env.str("TASKS", "immediate") == "immediate")


#: How providers' messages are applied, by the name in `/webhooks/<provider>/`.
PAYMENT_PROVIDERS: dict[str, str] = {
    "stripe": "shop.payment.methods.stripe.events.apply",
    **dict.fromkeys(("sepay", "casso", "payos"), "shop.payment.providers.applying.apply"),
}

# Cards by Stripe: off until both keys are set.
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", "")
#: Another server that speaks Stripe's language, for tests.
STRIPE_API_BASE = env.str("STRIPE_API_BASE", "")
#: How long goods wait for a card; Stripe's pages are open for half an hour at least.
STRIPE_HOLD_MINUTES = env.int("STRIPE_HOLD_MINUTES", 35)

# Tellers of bank transfers; each is off until its secret is set.
#: SePay: its signature's secret (HMAC), or the older API key.
SEPAY_WEBHOOK_SECRET = env.str("SEPAY_WEBHOOK_SECRET", "")
SEPAY_API_KEY = env.str("SEPAY_API_KEY", "")
#: Casso: the key of webhook version 2, or the older secure token.
CASSO_WEBHOOK_KEY = env.str("CASSO_WEBHOOK_KEY", "")
CASSO_SECURE_TOKEN = env.str("CASSO_SECURE_TOKEN", "")
#: payOS: the checksum key.
PAYOS_CHECKSUM_KEY = env.str("PAYOS_CHECKSUM_KEY", "")
