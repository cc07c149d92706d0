"""Personal data: how long each kind is kept, and from where the term comes; who holds some.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 and Nghị định 356/2025/NĐ-CP: kept no longer than its
purpose or another law asks.
"""

from shop.settings.env import env

#: Kind → (years after its last step, source). Longer by the environment, never shorter.
KEEP_YEARS = {
    # Contract data of an order: name, contact, address, messages, letters, the summary.
    "order": (
        max(3, env.int("KEEP_ORDER_YEARS", 3)),
        "Luật Thương mại điện tử 122/2025/QH15, Nghị định 248/2026/NĐ-CP: ít nhất 3 năm",
    ),
    # What stands on an e-invoice: it is an accounting voucher.
    "invoice": (
        max(10, env.int("KEEP_INVOICE_YEARS", 10)),
        "Luật Kế toán 88/2015/QH13, Điều 41; Nghị định 174/2016/NĐ-CP, Điều 13: 10 năm",
    ),
}
#: Kind → days. No law asks for these: as long as they are of use to the person.
KEEP_DAYS = {
    # The file of “all my data” waits for its owner.
    "export": env.int("KEEP_EXPORT_DAYS", 7),
    # Wrong and right sign-ins, for the lock-out and for finding a thief.
    "sign_ins": env.int("KEEP_SIGN_IN_DAYS", 90),
    # A browser that did not come back is no longer known.
    "devices": env.int("KEEP_DEVICE_DAYS", 365),
    # Letters that belong to no order: a password's link, an alert.
    "letters": env.int("KEEP_LETTER_DAYS", 365),
    # Baskets of visitors with the recipients they named.
    "baskets": env.int("KEEP_BASKET_DAYS", 90),
}

#: `shop.personal.registry.Room` each, in the order in which the export tells them and erasing
#: goes through them.
PERSONAL_ROOMS = [
    "shop.users.personal.AccountRoom",
    "shop.address.personal.AddressRoom",
    "shop.order.personal.OrderRoom",
    "shop.contracts.personal.SummaryRoom",
    "shop.payment.personal.PaymentRoom",
    "shop.invoices.personal.InvoicesRoom",
    "shop.returns.personal.ReturnsRoom",
    "shop.communication.personal.LettersRoom",
    "shop.reviews.personal.ReviewsRoom",
    "shop.questions.personal.QuestionsRoom",
    "shop.customer.personal.AlertsRoom",
    "shop.wishlists.personal.WishListRoom",
    "shop.basket.personal.BasketRoom",
    "shop.corporate.personal.CorporateRoom",
    "shop.producers.personal.ProducersRoom",
    "shop.personal.own.ConsentRoom",
]
