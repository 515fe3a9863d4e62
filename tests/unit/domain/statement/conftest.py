import pytest

pytest.register_assert_rewrite("statement_row")
