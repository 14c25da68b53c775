"""The scripts run on EMR's and Glue's Python, which is 3.9; what only later ones take is found here, on any Python."""

import ast

import pytest
from conftest import ROOT

SCRIPTS = sorted((ROOT / "spark").glob("*.py"))


def annotations(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
            yield from (found for found in [node.returns, *[arg.annotation for arg in given if arg]] if found)
        elif isinstance(node, ast.AnnAssign):
            yield node.annotation


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_python_3_9_takes_it(script):
    tree = ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 9))
    assert not [node.lineno for node in ast.walk(tree) if type(node).__name__ in ("Match", "TryStar")]
    deferred = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    unions = [
        part.lineno
        for annotation in annotations(tree)
        for part in ast.walk(annotation)
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitOr)
    ]
    assert deferred or not unions, f"`X | Y` in an annotation, at lines {unions}"
