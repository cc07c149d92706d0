"""Buying: ways of paying and their limits, delivery's home, where chilled goods go."""

from decimal import Decimal

from shop.settings.env import env

#: In the order in which checkout shows them. One folder each in shop/payment/methods.
PAYMENT_METHODS = [
    "shop.payment.methods.cod.method.CashOnDelivery",
]
#: Largest order paid in cash, đồng. A sample figure: each shop sets its own.
COD_LIMIT = Decimal(env.int("COD_LIMIT", 5_000_000))
#: What cash on delivery costs more, đồng.
COD_FEE = Decimal(env.int("COD_FEE", 0))

#: Province from which a producer without a ward sends: Thành phố Bắc Ninh.
HOME_PROVINCE_CODE = env.str("HOME_PROVINCE_CODE", "24")
#: Regions (shop.places.regions) that chilled parcels reach in time. A sample: until producers
#: name their cold carriers, the north.
CHILLED_REGIONS = env.list("CHILLED_REGIONS", ["bac"])
#: Chargeable weight of a product whose packed weight nobody entered, grams.
DEFAULT_PARCEL_GRAMS = env.int("DEFAULT_PARCEL_GRAMS", 1000)
