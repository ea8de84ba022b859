"""Documents: pages as pictures and as text."""

from importlib.metadata import version

from ..processes.sandbox import ProcessLimits, run_python
from .image import require_memory
from .work import Result, Work, from_child

PAGES_AT_ONCE = 20  # one child for so many pages: its memory is given back, progress is seen, a crash loses little


def make_pages(work: Work) -> Result:
    """The first page, or all the others, with their text."""
    if work.opens_with:
        require_memory(work.info.width, work.info.height)
    numbers = [1] if work.recipe.parameters["pages"] == "first" else list(range(2, (work.info.pages or 1) + 1))
    result = Result(tools={"pdfium": version("pypdfium2"), "pillow": version("pillow")})
    settings = {name: work.recipe.parameters[name] for name in ("widths", "qualities")}
    for start in range(0, len(numbers), PAGES_AT_ONCE):
        some = numbers[start : start + PAGES_AT_ONCE]
        request = {"path": str(work.source), "folder": str(work.folder), "pages": some, "opens_with": work.opens_with} | settings
        answer = run_python("pages", request, folder=work.folder, limits=ProcessLimits(), watch=work.watch)
        result.outputs.extend(from_child(answer, "page"))
        result.warnings.extend(answer["warnings"])
        result.page_texts.update({int(page): text for page, text in answer["texts"].items()})
        if 1 in some:
            result.facts["dominant_colour"] = answer["colour"]
        work.report(min(1.0, (start + PAGES_AT_ONCE) / len(numbers)))
    return result
