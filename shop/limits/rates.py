"""How a rate is written: `60/m`, `20/h`, `60/10m`."""

import re

_SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
_RATE = re.compile(r"(\d+)/(\d*)([smhd])")


def rate(text: str) -> tuple[int, int]:
    """How often, and in how many seconds: `60/10m` is (60, 600). Raises ValueError."""
    parts = _RATE.fullmatch(text.strip())
    if parts is None or int(parts[1]) < 1 or parts[2] == "0":
        raise ValueError(f"{text!r} is no rate: write 60/m, 20/h or 60/10m")
    return int(parts[1]), int(parts[2] or 1) * _SECONDS[parts[3]]
