"""The Nu HTML checker over every kind of page: `make nu`. Errors and warnings fail."""

import json
import subprocess
import sys
import tempfile
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener

sys.path.insert(0, str(Path(__file__).parent))
from shop import HERE, page_kinds, served

JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
#: Words of messages that are about what browsers know and the checker does not yet.
NOT_OURS: tuple[str, ...] = ()


def html_of(address: str) -> bytes:
    """The page, also one that says it is not there."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    try:
        with opener.open(address, timeout=60) as answer:
            return answer.read()
    except HTTPError as error:
        if error.code >= 500:
            raise SystemExit(f"{address} answered {error.code}.") from error
        return error.read()


def main() -> int:
    with served() as address, tempfile.TemporaryDirectory() as folder:
        kinds = page_kinds(address)
        for name, path in kinds.items():
            Path(folder, f"{name}.html").write_bytes(html_of(address + path))
        checked = subprocess.run(
            ["java", "-jar", str(JAR), "--format", "json", "--html", folder],
            capture_output=True,
            text=True,
            check=False,
        )
    found: dict[str, list[str]] = {}
    for message in json.loads(checked.stderr)["messages"]:
        if any(words in message["message"] for words in NOT_OURS):
            continue
        name = Path(message["url"]).stem.replace("%20", " ")
        kind = message.get("subType") or message["type"]
        if kind == "info":
            continue
        extract = " ".join(message.get("extract", "").split())
        found.setdefault(f"{kind}: {message['message']} | {extract[:160]}", []).append(name)
    for text, names in found.items():
        print(f"{text}\n    {', '.join(names)}")
    print(f"{len(kinds)} pages, {len(found)} messages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
