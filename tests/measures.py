"""Measures of the code, beside those of the release before the packages were divided: ``python -m tests.measures``.

``make lint`` prints the table; tests/test_structure.py holds the limits. Sources are read as text, nothing of them runs.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import quantiles

import grimp

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("background", "library", "media_pipeline", "search")
LINE_OF_TEMPLATE = 140  # characters
#: A past participle says that something happened to a value, not what it is.
PARTICIPLES = {
    *(
        "asked",
        "begun",
        "brought",
        "built",
        "called",
        "caught",
        "chosen",
        "done",
        "drawn",
        "found",
        "given",
        "gone",
        "held",
        "kept",
        "known",
    ),
    *("lost", "made", "marked", "meant", "met", "missed", "named", "offered", "opened", "paid", "picked", "said", "seen", "sent", "shown"),
    *("spoken", "taken", "thought", "told", "tried", "used", "wanted", "written"),
}

#: The same measures at the commit "Filter films with one thread" (b33eaaa), printed by this script there.
BEFORE = {
    "source files / lines": "370 / 27,286",
    "lines a file, median / p90 / max": "57 / 172 / 302",
    "files over 250 lines": "6",
    "lines a function, median / p90 / max": "5 / 14 / 37",
    "functions over 25 lines": "8 of 1,931",
    "functions with a typed return": "100 %",
    "docstrings: module / class / function": "100 % / 79 % / 61 %",
    "except Exception": "3",
    "type: ignore / TODO": "14 / 0",
    "import cycles (files in them)": "3 (31)",
    "imports inside functions": "36",
    "modules in the fullest folders": "54 media_pipeline, 43 search, 35 library/records",
    "largest fan-out": "20 search.results, 15 media_pipeline.runner",
    "names that are bare participles": "442 of 11,038",
    "templates / lines": "97 / 1,228",
    "lines of templates over 140 characters": "217 (longest 960)",
    "template text in lines over 200": "37 %",
    "tests / lines of one, median / p90 / max": "774 / 6 / 12 / 35",
}


@cache
def source_files() -> list[Path]:
    """Every Python file of the three packages, without migrations."""
    return sorted(path for name in PACKAGES for path in (PROJECT / name).rglob("*.py") if "migrations" not in path.parts)


def files_of_tests() -> list[Path]:
    """Every Python file below ``tests``."""
    return sorted((PROJECT / "tests").rglob("*.py"))


def templates() -> list[Path]:
    """Every HTML template of the project."""
    folders = [PROJECT / "templates", *(path for name in PACKAGES for path in (PROJECT / name).rglob("templates") if path.is_dir())]
    return sorted({path for folder in folders for path in folder.rglob("*.html")})


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the syntax tree of a file, read once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def functions() -> list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function and method with its file."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [(path, node) for path in source_files() for node in nodes(path) if isinstance(node, kinds)]


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from ``def`` to its end, without decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


@cache
def import_graph() -> grimp.ImportGraph:
    """Who imports whom: imports inside functions and those for type checkers alone count too."""
    sys.path.insert(0, str(PROJECT))
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    for module in [module for module in graph.modules if ".migrations" in module]:
        graph.remove_module(module)
    return graph


def import_cycles() -> list[list[str]]:
    """Groups of modules that import one another in a circle (strongly connected components, Tarjan 1972), largest first."""
    graph = import_graph()
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    cycles: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in sorted(graph.find_modules_directly_imported_by(module)):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            cycle = stack[stack.index(module) :]
            del stack[-len(cycle) :]
            if len(cycle) > 1:
                cycles.append(sorted(cycle))

    for module in sorted(graph.modules):
        if module not in index:
            visit(module)
    return sorted(cycles, key=len, reverse=True)


def modules_by_folder() -> Counter[str]:
    """Folder → number of its own modules, ``__init__`` not counted."""
    scripts = [path for name in PACKAGES for path in (PROJECT / name).rglob("*.js") if "vendor" not in path.parts]
    files = [path for path in source_files() if path.name != "__init__.py"] + scripts
    return Counter(str(path.parent.relative_to(PROJECT)) for path in files)


def tests_by_folder() -> Counter[str]:
    """Folder → number of test modules and of what they share, ``__init__`` not counted."""
    files = [path for path in files_of_tests() if path.name != "__init__.py"]
    return Counter(str(path.parent.relative_to(PROJECT)) for path in files)


def long_template_lines() -> list[tuple[str, int, int]]:
    """File, line number and length of every line of a template that is longer than the limit."""
    return [
        (str(path.relative_to(PROJECT)), number, len(line))
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LINE_OF_TEMPLATE
    ]


def bound_names() -> Iterator[str]:
    """Every name that is bound: variables, parameters, loop variables, fields of a class."""
    for path in source_files():
        for node in nodes(path):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.arg):
                yield node.arg


def _lengths(numbers: list[int]) -> str:
    parts = quantiles(numbers, n=10)
    return f"{round(parts[4])} / {round(parts[8])} / {max(numbers)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"


def _docstrings() -> str:
    kinds = {"module": (ast.Module,), "class": (ast.ClassDef,), "function": (ast.FunctionDef, ast.AsyncFunctionDef)}
    total, written = Counter[str](), Counter[str]()
    for path in source_files():
        if not path.read_text(encoding="utf-8").strip():
            continue
        for node in nodes(path):
            for kind, types in kinds.items():
                if isinstance(node, types):
                    total[kind] += 1
                    written[kind] += ast.get_docstring(node) is not None
    return " / ".join(_share(written[kind], total[kind]) for kind in kinds)


def _broad_excepts() -> int:
    """Handlers of every exception that do not raise again at once."""
    handlers = [node for path in source_files() for node in nodes(path) if isinstance(node, ast.ExceptHandler)]
    broad = [node for node in handlers if node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")]
    return len(broad)


def _inner_imports() -> int:
    """Imports inside functions that are there to be late, not for type checkers."""
    return sum(
        isinstance(node, ast.Import | ast.ImportFrom)
        for _path, function in functions()
        for node in ast.walk(function)
        if node is not function
    )


def _template_text() -> tuple[int, int, int]:
    """Characters of all templates, characters in lines over 200, longest line."""
    lines = [line for path in templates() for line in path.read_text(encoding="utf-8").splitlines()]
    return sum(map(len, lines)), sum(len(line) for line in lines if len(line) > 200), max(map(len, lines))


def _count(pattern: str) -> int:
    return sum(len(re.findall(pattern, path.read_text(encoding="utf-8"))) for path in source_files())


def _test_functions() -> list[int]:
    paths = (PROJECT / "tests").rglob("test_*.py")
    tests = (node for path in paths for node in nodes(path) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))
    return [lines_of(test) for test in tests]


def measures() -> dict[str, str]:
    """Name of a measure → its value as text."""
    files = [len(path.read_text(encoding="utf-8").splitlines()) for path in source_files()]
    lengths = [lines_of(node) for _path, node in functions()]
    cycles, folders, names = import_cycles(), modules_by_folder(), list(bound_names())
    graph = import_graph()
    fan_out = Counter({module: len(graph.find_modules_directly_imported_by(module)) for module in graph.modules})
    text, in_long_lines, longest = _template_text()
    participles = sum(name in PARTICIPLES for name in names)
    tests = _test_functions()
    return {
        "source files / lines": f"{len(files)} / {sum(files):,}",
        "lines a file, median / p90 / max": _lengths(files),
        "files over 250 lines": str(sum(length > 250 for length in files)),
        "lines a function, median / p90 / max": _lengths(lengths),
        "functions over 25 lines": f"{sum(length > 25 for length in lengths)} of {len(lengths):,}",
        "functions with a typed return": _share(sum(node.returns is not None for _path, node in functions()), len(lengths)),
        "docstrings: module / class / function": _docstrings(),
        "except Exception": str(_broad_excepts()),
        "type: ignore / TODO": f"{_count('# type: ignore')} / {_count('TODO|FIXME|XXX')}",
        "import cycles (files in them)": f"{len(cycles)} ({sum(map(len, cycles))})",
        "imports inside functions": str(_inner_imports()),
        "modules in the fullest folders": ", ".join(f"{count} {folder}" for folder, count in folders.most_common(3)),
        "largest fan-out": ", ".join(f"{count} {module}" for module, count in fan_out.most_common(2)),
        "names that are bare participles": f"{participles} of {len(names):,}",
        "templates / lines": f"{len(templates())} / {sum(len(path.read_text(encoding='utf-8').splitlines()) for path in templates()):,}",
        "lines of templates over 140 characters": f"{len(long_template_lines())} (longest {longest})",
        "template text in lines over 200": _share(in_long_lines, text),
        "tests / lines of one, median / p90 / max": f"{len(tests)} / {_lengths(tests)}",
    }


def rows(value_of: Callable[[], dict[str, str]] = measures) -> list[str]:
    """The table, one line a measure: name, before, now."""
    now = value_of()
    wide, first = max(map(len, now)), max([len("before"), *map(len, BEFORE.values())])
    head = f"{'measure':{wide}}  {'before':{first}}  now"
    return [head, *(f"{name:{wide}}  {BEFORE.get(name, '–'):{first}}  {value}" for name, value in now.items())]


if __name__ == "__main__":
    print("\n".join(rows()))
