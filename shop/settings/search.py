"""Search: who looks through the entries, and the staff's page about what is looked for."""

from shop.settings.env import env

#: Empty: the database itself (FTS5 in SQLite, tsvector in PostgreSQL). Else `opensearch`, or the
#: dotted path of a class with the methods of `catalogue.lookup.backends.base.Backend`.
SEARCH_BACKEND = env.str("SEARCH_BACKEND", "")
OPENSEARCH_URL = env.str("OPENSEARCH_URL", "http://127.0.0.1:9200")
OPENSEARCH_INDEX = env.str("OPENSEARCH_INDEX", "phien-cho")
#: `name:password`, when the server asks for one.
OPENSEARCH_AUTH = env.str("OPENSEARCH_AUTH", "")
#: After so many seconds the database answers instead.
OPENSEARCH_TIMEOUT_SECONDS = 2.0
