"""Pages kept for visitors of whom nothing is known (`shop.pagecache`)."""

from shop.settings.base import REDIS_URL, VAR_DIR
from shop.settings.env import env

#: Longest that a page is kept, seconds; 0 keeps none. Whatever is written drops it at once; this
#: bounds what changes by the clock alone.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", 60)
#: How much memory each process gives to pages, megabytes.
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", 32)
#: How long a proxy of ours may answer by itself, seconds (deploy/nginx/page-cache.conf).
PAGE_CACHE_PROXY_SECONDS = env.int("PAGE_CACHE_PROXY_SECONDS", 1)
#: Whether the processes keep pages together in the default cache: where that is Redis.
PAGE_CACHE_SHARED = bool(REDIS_URL)
#: What all processes of the embedded shop look at to see that something was written.
PAGE_CACHE_EDITION_FILE = VAR_DIR / "page-edition"
