"""Stops whoever comes too often: before the view does any work, or what the view refuses."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.limits.answers import too_many
from shop.limits.counting import Usage, count, counted
from shop.limits.rules import Rule, rules_of
from shop.network import client_network
from shop.observability.metrics import count_refused
from shop.users.locking import known_device


class LimitMiddleware:
    """Behind the session and CSRF, so that accounts are known and forgeries cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for rule, who in getattr(request, "counted_by_answer", ()):
            if response.status_code in rule.statuses and (usage := count(rule.name, who)).is_over:
                return _stopped(request, rule, usage)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not settings.RATE_LIMITS_ON:
            return None
        by_answer: list[tuple[Rule, str]] = []
        for rule in rules_of(match.view_name):
            if request.method not in rule.methods or (rule.when and not rule.when(request)):
                continue
            who = _who(request, rule)
            if rule.statuses:
                if not rule.stops_refused_only and (usage := counted(rule.name, who)).is_used_up:
                    return _stopped(request, rule, usage)
                by_answer.append((rule, who))
            elif (usage := count(rule.name, who)).is_over:
                return _stopped(request, rule, usage)
        request.counted_by_answer = by_answer  # type: ignore[attr-defined]
        return None


def _stopped(request: HttpRequest, rule: Rule, usage: Usage) -> HttpResponseBase:
    count_refused(rule.name)
    return too_many(request, usage.seconds_left)


def _who(request: HttpRequest, rule: Rule) -> str:
    # Who has no session is not asked for one: public pages stay free of it.
    if rule.by_account and settings.SESSION_COOKIE_NAME in request.COOKIES:
        user = request.session.get(SESSION_KEY)
        if user is not None:
            return f"account:{user}"
    if rule.by_known_device and (device := known_device(request, request.POST.get("username", ""))):
        return device
    return client_network(request) or "unknown"
