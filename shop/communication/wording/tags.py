"""All that staff's own words may do: show a fact, ask whether there is one, go through a list.

Nothing loads, includes or extends another file, and nothing marks text as safe.
"""

from django.template import Library, defaultfilters, defaulttags

from shop.communication.templatetags import letter_tags
from shop.templatetags.shop_tags import dong

#: Of Django's own.
TAGS = ("if", "for")
FILTERS = ("date", "default", "length", "linebreaksbr", "lower", "time", "upper")

register = Library()
register.tags.update({name: defaulttags.register.tags[name] for name in TAGS})
register.tags.update(letter_tags.register.tags)
register.filters.update({name: defaultfilters.register.filters[name] for name in FILTERS})
register.filter("dong", dong)
#: Tags that stand inside another one.
INNER = ("elif", "else", "empty", "endfor", "endif")
