"""Buying: ways of paying and their limits, delivery's home."""

from decimal import Decimal

from shop.settings.env import env

#: In the order in which checkout shows them. One folder each in shop/payment/methods.
PAYMENT_METHODS = [
    "shop.payment.methods.vietqr.method.VietQR",
    "shop.payment.methods.stripe.method.Stripe",
    "shop.payment.methods.cod.method.CashOnDelivery",
]
#: Largest order paid in cash, đồng. A sample figure: each shop sets its own.
COD_LIMIT = Decimal(env.int("COD_LIMIT", 5_000_000))
#: The same for a telephone number to which nothing was delivered yet, đồng. A sample figure.
COD_NEW_PHONE_LIMIT = Decimal(env.int("COD_NEW_PHONE_LIMIT", 2_000_000))
#: Orders paid in cash that a telephone number may refuse before it has to pay beforehand.
COD_MOST_REFUSED = env.int("COD_MOST_REFUSED", 2)
#: Orders in cash from this sum on wait until staff have called the buyer, đồng; 0 for all.
COD_CONFIRM_FROM = Decimal(env.int("COD_CONFIRM_FROM", 1_000_000))

#: Province from which a producer without a ward sends: Thành phố Bắc Ninh.
HOME_PROVINCE_CODE = env.str("HOME_PROVINCE_CODE", "24")
#: Chargeable weight of a product whose packed weight nobody entered, grams.
DEFAULT_PARCEL_GRAMS = env.int("DEFAULT_PARCEL_GRAMS", 1000)

#: Gifts for a feast arrive so many days before it; one day where it is not named. Samples:
#: before Tết carriers stop earlier, and say each year when.
FEAST_MARGIN_DAYS = {"tet": 4}
#: Orders of so many boxes take so many working days more to make. Samples, to be agreed on with
#: the producers.
LARGE_ORDER_FROM = env.int("LARGE_ORDER_FROM", 50)
LARGE_ORDER_DAYS = env.int("LARGE_ORDER_DAYS", 5)
#: Fewest boxes of one kind with a company's logo on the sleeve. A sample figure.
LEAST_WITH_LOGO = env.int("LEAST_WITH_LOGO", 30)
#: How long a quotation usually holds, and how long goods wait for its deposit, days.
QUOTE_VALID_DAYS = env.int("QUOTE_VALID_DAYS", 14)
DEPOSIT_WAIT_DAYS = env.int("DEPOSIT_WAIT_DAYS", 3)

#: Goods that keep no longer than so many days are perishable when they come back. A sample figure.
SHORT_LIFE_DAYS = env.int("SHORT_LIFE_DAYS", 30)
#: How long after it was sent a parcel may be reported as never come, days. A sample figure.
LOST_PARCEL_DAYS = env.int("LOST_PARCEL_DAYS", 60)

#: A buyer is asked for a review so many days after the last parcel arrived, and never later than
#: so many days: an order of last year would surprise.
REVIEW_INVITATION_DAYS = env.int("REVIEW_INVITATION_DAYS", 5)
REVIEW_INVITATION_UNTIL_DAYS = 30

#: How far a price of something on sale may move within a week until staff look at it, a share.
MOST_PRICE_MOVE = env.str("MOST_PRICE_MOVE", "0.3")

#: The shop's usual share of a producer's price, from 0 to 0.5; agreed otherwise, by producer.
SHOP_SHARE = env.str("SHOP_SHARE", "0")
#: The day of a month on which producers are paid for the month before. A promise to them.
PAYOUT_DAY = env.int("PAYOUT_DAY", 5)
#: Days for which nothing is paid to an account that was named or changed: its owners read of the
#: change in a letter, and have time to say that it was not theirs.
PAYOUT_HOLD_DAYS = env.int("PAYOUT_HOLD_DAYS", 3)
