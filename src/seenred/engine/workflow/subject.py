"""Turns an input into a subject and the suite that judges it."""

from __future__ import annotations

import ast
from dataclasses import replace

from seenred.domain.doctests import doctest_claims
from seenred.domain.execution import Limits
from seenred.domain.finding import Trial
from seenred.domain.generation import generate_inputs
from seenred.domain.problem import Authority, Problem, ProblemKind
from seenred.domain.report import Claim, parse_docstring, parse_report
from seenred.domain.statement.statement import parse_statement
from seenred.domain.user_tests import signature_from_tests
from seenred.engine.workflow.desk import Subject
from seenred.engine.workflow.testing import UserFile, module_tests, solution_tests
from seenred.errors import UsageError
from seenred.referee.ports import Runner
from seenred.referee.suite import ProblemSuite, SourceSuite, plain_expression

# Enough to tell most wrong candidates apart, and one batch of them costs less than a token.
GENERATED = 40
# Seconds for one call on an input of the statement's own size, when it states no limit.
CALL_SECONDS = 5.0


def problem_subject(
    stem: str, path: str, text: str, runner: Runner, limits: Limits, tests: UserFile | None
) -> tuple[Subject, ProblemSuite]:
    """The subject and the suite of a statement.

    Raises:
        UsageError: it holds no example and no tests are given, so that nothing could be judged;
            the tests do not import the solution.
    """
    problem = parse_statement(text, name=stem)
    if not problem.cases and tests is None:
        raise UsageError("no-examples", _no_examples(path, problem))
    seconds = max(CALL_SECONDS, problem.time_limit or 0.0)
    taken = solution_tests(tests, _name(problem)) if tests else None
    if taken and problem.kind is ProblemKind.FUNCTION and not problem.signature:
        problem = replace(problem, signature=signature_from_tests(taken.text, taken.module))
    suite = ProblemSuite(runner, problem, replace(limits, seconds=seconds), taken)
    return Subject(stem, path, text, problem), suite


def source_subject(
    stem: str,
    path: str,
    text: str,
    report: str,
    runner: Runner,
    limits: Limits,
    tests: UserFile | None,
) -> tuple[Subject, SourceSuite]:
    """The subject and the suite of a module: what its docstrings and a report state.

    Raises:
        UsageError: the tests do not import it.
    """
    taken = module_tests(tests, stem) if tests else None
    tree = ast.parse(text)
    functions = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    claims = [
        *_claims("report", parse_report(report, functions), Authority.REPORT),
        *_claims("doctest", doctest_claims(tree), Authority.STATEMENT),
        *_claims("docstring", parse_docstring(_docstrings(tree), functions), Authority.STATEMENT),
    ]
    unique = {
        plain_expression(claim.expression): (name, claim, who)
        for name, claim, who in reversed(claims)
    }
    kept = tuple(reversed(unique.values()))
    suite = SourceSuite(runner, kept, replace(limits, seconds=CALL_SECONDS), taken, stem)
    vouched = tuple((c.expression, c.expected) for _, c, _ in kept if c.expected is not None)
    return Subject(stem, path, text, None, report, vouched), suite


def generated_trials(problem: Problem | None) -> tuple[Trial, ...]:
    """Inputs without expected values, for comparing candidates and versions."""
    if problem is None:
        return ()
    return tuple(
        Trial(arguments=case.arguments, stdin=case.stdin or None)
        for case in generate_inputs(problem, GENERATED, seed=1)
    )


def _name(problem: Problem) -> str | None:
    return problem.signature.name if problem.signature else None


def _claims(
    name: str, claims: tuple[Claim, ...], authority: Authority
) -> list[tuple[str, Claim, Authority]]:
    return [(f"{name}: {claim.expression}", claim, authority) for claim in claims]


def _docstrings(tree: ast.Module) -> str:
    kinds = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    found = [ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, kinds)]
    return "\n\n".join(text for text in found if text)


def _no_examples(path: str, problem: Problem) -> str:
    unread = f" Not understood: {problem.unparsed[0]}" if problem.unparsed else ""
    return (
        f"{path} has no example that could be read, so no solution could be judged; write one "
        f"as `input -> output`, or give --tests FILE.{unread}"
    )
