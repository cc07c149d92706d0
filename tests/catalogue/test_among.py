"""Keys as one value of a statement."""

from catalogue.among import PLANNED_FOR, keys_value


def test_few_keys_are_as_many_as_postgresql_plans_for() -> None:
    assert keys_value([7, 8], "postgresql") == "{7,8" + ",7" * (PLANNED_FOR - 2) + "}"
    assert keys_value(range(12), "postgresql") == "{0,1,2,3,4,5,6,7,8,9,10,11}"
    assert keys_value([], "postgresql") == "{}"


def test_sqlite_reads_keys_as_they_are() -> None:
    assert keys_value([7, 8], "sqlite") == "[7,8]"
