"""Who takes parcels to the door. A carrier with a network is off until its keys are set."""

from shop.settings.env import env

#: One folder each in shop/carriers.
CARRIERS = [
    "shop.carriers.manual.carrier.Manual",
    "shop.carriers.ghn.carrier.GHN",
]

# Giao Hàng Nhanh. Its test server is https://dev-online-gateway.ghn.vn/shiip/public-api.
GHN_BASE_URL = env.str("GHN_BASE_URL", "https://online-gateway.ghn.vn/shiip/public-api")
GHN_TOKEN = env.str("GHN_TOKEN", "")
GHN_SHOP_ID = env.str("GHN_SHOP_ID", "")
#: GHN signs nothing: it is given /webhooks/van-chuyen/ghn/?khoa=<this secret> as its address.
GHN_WEBHOOK_SECRET = env.str("GHN_WEBHOOK_SECRET", "")
