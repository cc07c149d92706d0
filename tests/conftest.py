"""What every test stands on: a copy of the template database, empty caches, Vietnamese."""

import os
import shutil
import subprocess
import time
from collections.abc import Generator, Iterator
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
import redis
from django.conf import settings
from django.contrib.sites.models import Site
from django.core.cache import caches
from django.db import connections
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from catalogue.browse.keeping import forget_shelf
from catalogue.goods import forget_boxes
from shop.pagecache.here import forget_here
from tests.database.current import Copy, set_current
from tests.database.template import ready_template

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
#: Reasons to skip that hold on every machine; with `CI` set any other skip is a failure.
ALLOWED_SKIPS = ("only on PostgreSQL", "only on SQLite")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return _not_in_silence(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return _not_in_silence(report)


def _not_in_silence(report: Report) -> Report:
    """A skip turned into a failure, on a machine that has to run everything."""
    if not (os.environ.get("CI") and report.skipped) or hasattr(report, "wasxfail"):
        return report
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if not reason.removeprefix("Skipped: ").startswith(ALLOWED_SKIPS):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {reason}"
    return report


# A busy machine is no failure: speed is measured in bench/, not here.
hypothesis_settings.register_profile("shop", deadline=None)
hypothesis_settings.load_profile("shop")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A copy of the template for this process; `--create-db` builds the template anew."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    anew = bool(request.config.getvalue("create_db")) and worker in ("main", "gw0")
    server, template = ready_template(anew=anew)
    name = server.run_name(worker)
    server.drop(name)
    server.copy(template, name)
    connection = connections["default"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    set_current(Copy(server, template, name))
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    set_current(None)
    server.drop(name)


@pytest.fixture(autouse=True)
def _fresh_start() -> Iterator[None]:
    """No test sees what another one left in memory: caches, shelf, boxes, site, language."""
    _clear_caches()
    forget_shelf()
    forget_boxes()
    forget_here()
    Site.objects.clear_cache()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    _clear_caches()


def _clear_caches() -> None:
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis server of the test's own, empty, on a socket; gone afterwards."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server: install Debian's package redis-server")
    # Not in the test's own folder, whose path may be longer than a socket's may be.
    with TemporaryDirectory(prefix="redis-") as folder:
        socket = f"{folder}/socket"
        own = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        with subprocess.Popen([program, *own], stdout=subprocess.DEVNULL) as server:
            try:
                _wait_for(redis.Redis(unix_socket_path=socket))
                yield f"unix://{socket}?db=0"
            finally:
                server.terminate()


def _wait_for(server: redis.Redis) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if server.ping():
                return
        except redis.ConnectionError:
            time.sleep(0.05)
    pytest.fail("redis-server did not start")
