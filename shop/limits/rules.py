"""What is limited, in one table: the name of a rate, the views it guards, what is counted.

A rule counts by the network of the visitor (`shop.network.client_network`), or by the account where
the address says nothing: people who work together behind one. An owner's own browser signs in
whatever others behind its address tried (`shop.users.locking`). Where only answers of refusal are
counted, nobody comes too often with what is right. A link that cannot be guessed opens even where
others behind the same address used the limit up; a code that can be guessed has to wait with them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest

ANY: frozenset[str] = frozenset({"GET", "HEAD", "POST"})
POST: frozenset[str] = frozenset({"POST"})
#: What a guess at a secret address is answered with.
GUESSED_WRONG = frozenset({400, 401, 403, 404, 410, 413})


@dataclass(frozen=True)
class Rule:
    """`name` is a key of `RATE_LIMITS`; `statuses` are the answers that count, all when empty.

    `stops_refused_only`: once the limit is used up the view still answers, and what it refuses is
    told to wait.
    """

    name: str
    views: frozenset[str]
    methods: frozenset[str] = POST
    by_account: bool = False
    #: A browser in which the account that is typed signed in before counts for itself.
    by_known_device: bool = False
    statuses: frozenset[int] = frozenset()
    stops_refused_only: bool = False
    #: Whether this request of a guarded view is meant at all.
    when: Callable[[HttpRequest], bool] | None = None


def _is_placing(request: HttpRequest) -> bool:
    return request.POST.get("action") == "place"


def _rule(name: str, *views: str, **more: object) -> Rule:
    return Rule(name, frozenset(views), **more)  # type: ignore[arg-type]


RULES = (
    _rule("search", "search:search", methods=ANY),
    _rule("suggestions", "search:suggestions", methods=ANY),
    _rule("trace", "catalogue:trace", "catalogue:trace-form", "digital-link", methods=ANY),
    _rule("places", "places:ward_options", "delivery:choose-province", methods=ANY),
    _rule(
        "basket",
        "basket:add",
        "basket:add-design",
        "basket:add-filled",
        "basket:change",
        "basket:remove",
        "wishlists:add",
        "order:again",
    ),
    _rule("checkout", "checkout:index"),
    _rule("placing", "checkout:index", when=_is_placing),
    _rule("coupons", "basket:vouchers-add", statuses=frozenset({422})),
    _rule(
        "secret-links",
        "order:detail",
        "order:thanks",
        "order:summary",
        "order:greeting",
        "order:gift-receipt",
        "order:receipt",
        "order:return-photo",
        "vietqr:transfer",
        "vietqr:state",
        "stripe:pay",
        "stripe:returned",
        "quote:quote",
        "quote:pdf",
        "quote:accept",
        "quote:decline",
        "wishlists:shared",
        "questions:confirm",
        "reviews:photo",
        "reviews:stop-inviting",
        "customer:alerts-confirm",
        "customer:alerts-cancel-by-key",
        "customer:consent-withdraw",
        "customer:claim",
        "producers:invitation",
        "catalogue:box-design",
        "catalogue:trace",
        "digital-link",
        methods=ANY,
        statuses=GUESSED_WRONG,
        stops_refused_only=True,
    ),
    _rule("sign-in", "customer:login", by_known_device=True),
    _rule("sign-up", "customer:register"),
    _rule("second-step", "two_factor:ask", "two_factor:setup", "two_factor:codes", by_account=True),
    _rule("claims", "customer:claims", "customer:claim"),
    _rule(
        "letters",
        "customer:password-forgot",
        "customer:password-reset",
        "customer:alerts-create",
        "customer:email-change",
        "customer:email-send",
        "customer:email-confirm",
        "producers:invite",
    ),
    _rule("questions", "questions:of-product"),
    _rule("reviews", "reviews:write"),
    _rule("quotes", "corporate:index"),
    _rule("messages", "order:question", "order:report", "order:move"),
    _rule("joining", "producers:apply", "producers:add-application-paper"),
    _rule("sheets", "giving:look-through", "giving:write-down"),
    _rule(
        "papers",
        "order:summary",
        "order:greeting",
        "order:gift-receipt",
        "order:receipt",
        "quote:pdf",
        methods=ANY,
    ),
    _rule("exports", "exports:begin", by_account=True),
    _rule(
        "exports",
        "producers:price-list-xlsx",
        "producers:price-list-csv",
        "producers:statement-xlsx",
        "producers:statement-pdf",
        methods=ANY,
        by_account=True,
    ),
    _rule("personal-data", "customer:data-ask", "customer:data-download", by_account=True),
    _rule("share-cards", "share-card", methods=ANY),
    _rule(
        "webhooks",
        "webhooks:told",
        "webhooks:stripe",
        "carriers:told",
        statuses=GUESSED_WRONG,
        stops_refused_only=True,
    ),
    _rule("reports", "csp-report"),
)


@cache
def rules_of(view_name: str) -> tuple[Rule, ...]:
    """The rules that guard the view of this name."""
    return tuple(rule for rule in RULES if view_name in rule.views)
