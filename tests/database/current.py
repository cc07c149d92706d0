"""Which copy of the template this process works on; set once by `django_db_setup`."""

from dataclasses import dataclass

from tests.database.servers import Server


@dataclass
class Copy:
    server: Server
    template: str
    name: str

    def restore(self) -> None:
        """Every row, and only the rows, that the template holds."""
        self.server.restore(self.template, self.name)


_copy: Copy | None = None


def set_current(copy: Copy | None) -> None:
    global _copy
    _copy = copy


def current() -> Copy:
    """The copy in use. Raises RuntimeError outside a test run."""
    if _copy is None:
        raise RuntimeError("no test database is set up")
    return _copy
