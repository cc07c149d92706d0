"""The one reader of the environment, and the three modes that a shop runs in."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

#: `demo` (embedded, sample data, demo sign-ins), `test`, or `production`.
MODE: str = env.str("SHOP_MODE", "demo")
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"

#: Runtime files of the embedded shop: database, uploads, collected static files.
VAR_DIR = Path(env.str("SHOP_VAR_DIR", str(BASE_DIR / ".var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
