"""Red, green, refactor for one unmarked test, step by step, each decided by the referee."""
