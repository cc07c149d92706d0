"""What templates ask of quotes."""

from django import template

from shop.corporate.pdf import terms_of

register = template.Library()
register.filter("quote_terms", terms_of)
