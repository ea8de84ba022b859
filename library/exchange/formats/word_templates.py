"""Word documents with names in double braces, which an office writes: what may stand in one, and how it is filled.

Filled by docxtpl. A template comes from a person, so it may only name things: no calls, no arithmetic, no loop in a loop, no macros.
"""

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import SheetTemplateError

LARGEST = 2 * 1024 * 1024  # bytes of a template
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 400
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.For, nodes.Const),
    *(nodes.Not, nodes.And, nodes.Or, nodes.CondExpr),
)


class NamesOnly(ImmutableSandboxedEnvironment):
    """The language of the braces: names, their parts, ``if``, and one level of ``for``."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            nested = isinstance(node, nodes.For) and next(node.find_all(nodes.For), None) is not None
            if nested or not isinstance(node, ALLOWED):
                raise TemplateSyntaxError(type(node).__name__, getattr(node, "lineno", 1))
        return tree


def check(content: bytes, names: Collection[str]) -> None:
    """Raises SheetTemplateError, in the reader's language, for what is no template or names what does not exist."""
    _check_archive(content)
    try:
        used = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(NamesOnly())
    except TemplateError as error:
        raise SheetTemplateError(
            _("Trong {{ }} chỉ được ghi tên trường, không ghi phép tính hay lệnh: %(what)s.") % {"what": error.message or ""}
        ) from None
    except (KeyError, ValueError) as error:
        raise SheetTemplateError(_("Tệp này không phải tài liệu Word (.docx).")) from error
    if unknown := sorted(used - set(names)):
        raise SheetTemplateError(_("Không có trường nào tên là: %(names)s.") % {"names": ", ".join(unknown)})


def fill(content: bytes, values: Mapping[str, Any]) -> bytes:
    """The document with the values in the place of their names; a name without a value leaves nothing."""
    document = DocxTemplate(BytesIO(content))
    document.render(dict(values), NamesOnly(), autoescape=True)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _check_archive(content: bytes) -> None:
    """A Word document of a sensible size without macros."""
    if len(content) > LARGEST:
        raise SheetTemplateError(_("Tệp mẫu lớn quá: nhiều nhất 2 MB."))
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except BadZipFile:
        raise SheetTemplateError(_("Tệp này không phải tài liệu Word (.docx).")) from None
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        raise SheetTemplateError(_("Tệp này không phải tài liệu Word (.docx)."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise SheetTemplateError(_("Tệp mẫu giải nén ra lớn quá."))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise SheetTemplateError(_("Tệp mẫu có macro. Hãy lưu lại thành .docx không có macro."))
