"""Buying: ways of paying and their limits, delivery's home."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from oscar.defaults import OSCAR_DASHBOARD_NAVIGATION

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

OSCAR_DASHBOARD_NAVIGATION += [
    {
        "label": _("Giao hàng"),
        "icon": "fas fa-truck",
        "url_name": "delivery-staff:index",
        "access_fn": lambda user, *_: user.has_perm("shipping.change_zonerate"),
    },
    {
        "label": _("Hỏi và đáp"),
        "icon": "fas fa-question",
        "url_name": "questions-staff:queue",
        "access_fn": lambda user, *_: user.has_perm("questions.change_question"),
    },
    {
        "label": _("Câu hỏi về đơn"),
        "icon": "fas fa-comments",
        "url_name": "orders-staff:questions",
        "access_fn": lambda user, *_: user.has_perm("order.view_order"),
    },
    {
        "label": _("Báo lỗi, trả hàng"),
        "icon": "fas fa-undo",
        "url_name": "returns-staff:index",
        "access_fn": lambda user, *_: user.has_perm("returns.view_returnrequest"),
    },
    {
        "label": _("Thư đã viết"),
        "icon": "fas fa-envelope",
        "url_name": "letters:index",
        "access_fn": lambda user, *_: user.has_perm("communication.view_letter"),
    },
    {
        "label": _("Chờ gọi xác nhận"),
        "icon": "fas fa-phone",
        "url_name": "cod:waiting",
        "access_fn": lambda user, *_: user.has_perms(
            ["payment.view_payment", "order.change_order"]
        ),
    },
    {
        "label": _("Yêu cầu xuất hóa đơn"),
        "icon": "fas fa-file-alt",
        "url_name": "invoices:index",
        "access_fn": lambda user, *_: user.has_perm("invoices.view_invoicerequest"),
    },
    {
        "label": _("Đơn vào kênh sản xuất"),
        "icon": "fas fa-store",
        "url_name": "producers-staff:applications",
        "access_fn": lambda user, *_: user.has_perm("producers.change_application"),
    },
    {
        "label": _("Giá chờ xem"),
        "icon": "fas fa-tags",
        "url_name": "producers-staff:prices",
        "access_fn": lambda user, *_: user.has_perm("partner.change_pricechange"),
    },
    {
        "label": _("Mã khuyến mại chờ duyệt"),
        "icon": "fas fa-ticket-alt",
        "url_name": "promotion-staff:queue",
        "access_fn": lambda user, *_: user.has_perm("promotion.decide_promocode"),
    },
    {
        "label": _("Báo giá doanh nghiệp"),
        "icon": "fas fa-building",
        "url_name": "quotes-staff:index",
        "access_fn": lambda user, *_: user.has_perm("corporate.view_quoterequest"),
    },
    {
        "label": _("Trả tiền hàng"),
        "icon": "fas fa-money-check",
        "url_name": "settlements:index",
        "access_fn": lambda user, *_: user.has_perm("settlements.view_payout"),
    },
    {
        "label": _("Chứng nhận chờ xác nhận"),
        "icon": "fas fa-certificate",
        "url_name": "producers-staff:certificates",
        "access_fn": lambda user, *_: user.has_perm("producers.change_certificateproposal"),
    },
]
