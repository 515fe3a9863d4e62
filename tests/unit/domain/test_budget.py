from seenred.domain.budget import Budget, Usage
from seenred.domain.conversation import Reply

REPLY = Reply("x", "m", prompt_tokens=80, reply_tokens=20, seconds=2.0, cost=0.5)


def test_usage_adds_up():
    usage = Usage().plus(REPLY).plus(REPLY)
    assert (2, 200, 4.0, 1.0) == (usage.calls, usage.tokens, usage.model_seconds, usage.cost)


def test_unlimited_is_never_spent():
    assert Budget().spent(Usage().plus(REPLY), 1e9) is None


def test_each_limit_says_what_ran_out():
    usage = Usage().plus(REPLY)
    assert "100 of 100 tokens" == Budget(max_tokens=100).spent(usage, 0)
    assert "9 of 9 seconds" == Budget(max_seconds=9).spent(usage, 9.0)
    assert "$0.50 of $0.40" == Budget(max_cost=0.4).spent(usage, 0)


def test_tokens_left_never_falls_below_zero():
    assert 0 == Budget(max_tokens=50).tokens_left(Usage().plus(REPLY))
