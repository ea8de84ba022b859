"""OCR: recognises the text of pages without a text layer, in the language that staff chose.

The stored name of its recipe is "letters".
"""

from ..processes import scratch, tesseract
from ..processes.sandbox import ProcessLimits, run_python
from .work import Result, Work

PAGES_AT_ONCE = 4  # pictures of pages that lie in scratch at the same time


def recognise_pages(work: Work) -> Result:
    """Recognise every page whose text layer has fewer characters than the recipe says."""
    language = work.staff_options["ocr_language"]
    tesseract.require(language, work.folder)
    result = Result(tools={"tesseract": tesseract.version(work.folder)})
    numbers = list(range(1, (work.info.pages or 1) + 1))
    for start in range(0, len(numbers), PAGES_AT_ONCE):
        some = numbers[start : start + PAGES_AT_ONCE]
        request = {"path": str(work.source), "opens_with": work.opens_with, "folder": str(work.folder), "pages": some}
        answer = run_python("scan", request | work.recipe.parameters, folder=work.folder, limits=ProcessLimits(), watch=work.watch)
        for number in some:
            if name := answer["scans"].get(str(number)):
                path = scratch.own_file(work.folder, name)
                result.ocr_texts[number] = tesseract.read(path, language, folder=work.folder, watch=work.watch)
                path.unlink()
            work.report(number / len(numbers))
    return result
