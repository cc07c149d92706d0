from tests.ghn_server.server import TOKEN, GhnServer, told

__all__ = ["TOKEN", "GhnServer", "told"]
