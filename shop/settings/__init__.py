"""Settings of the shop, read from the environment.

Everything has an embedded default so that a newcomer needs no file; production
(`SHOP_MODE=production`) has no default for a secret and stops the start naming
what is missing (see `production.py`). The variables are listed in docs/operator.en.md.
"""

from shop.settings.base import *  # noqa: F403
from shop.settings.pagecache import *  # noqa: F403
from shop.settings.commerce import *  # noqa: F403
from shop.settings.buying import *  # noqa: F403
from shop.settings.personal import *  # noqa: F403
from shop.settings.payments import *  # noqa: F403
from shop.settings.carriers import *  # noqa: F403
from shop.settings.backups import *  # noqa: F403
from shop.settings.search import *  # noqa: F403
from shop.settings.cms import *  # noqa: F403
from shop.settings.security import *  # noqa: F403
from shop.settings.observability import *  # noqa: F403
from shop.settings.limits import *  # noqa: F403
from shop.settings.production import *  # noqa: F403  # last: it may refuse to start
