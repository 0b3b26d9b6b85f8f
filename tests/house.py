"""What a machine can see of the house rules: finders that return `path:line` of each offence in a source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "ingest", "knowledge", "prompts", "emulator")
EVERYWHERE = (*PACKAGES, "benchmarks", "tests", "bin")
VERSIONS = ROOT / "bot" / "migrations" / "versions"
LONGEST_FILE, LONGEST_FUNCTION, DEEPEST = 300, 50, 3

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
# Written apart, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile("/" r"(?:work|tmp|root|Users)/[\w.]")
REGISTRY = re.compile(
    "|".join(("pypi" r"\.org", "python" r"hosted\.org", "npm" r"js\.org", "download" r"\.pytorch"))
)


@dataclass(frozen=True)
class Source:
    """One Python file, parsed."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    def at(self, node: ast.AST, what: str) -> str:
        """Name an offence so that an editor can jump to it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below the folders, in order of path; migrations are lists of tables, and left out."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(read(path) for path in paths if path.parent != VERSIONS)


@cache
def read(path: Path) -> Source:
    """Read one file, once."""
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def long_files(source: Source) -> Iterator[str]:
    """A file of more lines than fit in a head."""
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{source.path}: {lines} lines"


def long_functions(source: Source) -> Iterator[str]:
    """A function that does not fit on a screen."""
    for node in source.nodes:
        if isinstance(node, FUNCTIONS):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield source.at(node, f"{node.name} has {lines} lines")


def deep_functions(source: Source) -> Iterator[str]:
    """A function with blocks inside blocks inside blocks inside blocks."""
    for node in source.nodes:
        if isinstance(node, FUNCTIONS) and (depth := max(map(_depth, node.body))) > DEEPEST:
            yield source.at(node, f"{node.name} nests {depth} deep")


def _depth(node: ast.AST) -> int:
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return 0
    below = max(map(_depth, ast.iter_child_nodes(node)), default=0)
    return below + isinstance(node, BLOCKS) - _elif_steps(node)


def _elif_steps(node: ast.AST) -> int:
    """Take back the level that an `elif` adds in the syntax tree and not on the page."""
    if not isinstance(node, ast.If) or len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
        return 0
    is_elif = node.orelse[0].col_offset == node.col_offset
    longest_is_elif = _depth(node.orelse[0]) > max(map(_depth, node.body))
    return int(is_elif and longest_is_elif)


def commits(source: Source) -> Iterator[str]:
    """A call of `.commit(`: only the unit of work ends a transaction."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield source.at(node, "commits")


def environment_reads(source: Source) -> Iterator[str]:
    """Any use of the environment."""
    for node in source.nodes:
        named = (
            node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        )
        if named in {"environ", "environb", "getenv"}:
            yield source.at(node, f"uses {named}")


def broad_excepts(source: Source) -> Iterator[str]:
    """A handler that would also swallow our own mistakes."""
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            caught = set(_names(node.type)) if node.type else {"everything"}
            if caught & {"Exception", "BaseException", "everything"}:
                yield source.at(node, "catches everything")


def _names(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id


def prints(source: Source) -> Iterator[str]:
    """A `print`, in a library or a server."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield source.at(node, "prints")


def slack_imports(source: Source) -> Iterator[str]:
    """An import of Slack's libraries."""
    for node in source.nodes:
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if any(module.split(".")[0] in {"slack_bolt", "slack_sdk"} for module in modules):
            yield source.at(node, "imports Slack's library")


def missing_docstrings(source: Source) -> Iterator[str]:
    """A module that does not say what it is for."""
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield f"{source.path}: no module docstring"


def foreign_paths(path: str, text: str) -> Iterator[str]:
    """A path of somebody's machine, or the address of a package registry."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (MACHINE_PATH, REGISTRY):
            if match := pattern.search(line):
                yield f"{path}:{number}: {match[0]!r}"
