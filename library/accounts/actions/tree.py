"""The lock of the office tree, and the rules that every change of it keeps."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Office

LEVELS = list(Office.Level.values)  # from the highest to the lowest


def lock_tree() -> None:
    """Lets one transaction at a time change the tree: two moves at once could make a circle or a wrong path."""
    list(Office.objects.select_for_update().filter(parent=None).order_by("pk"))


def check_place(level: str, parent: Office | None) -> None:
    """Raises ValidationError when an office of this level cannot stand under the parent."""
    if parent is not None and LEVELS.index(level) < LEVELS.index(parent.level):
        sentence = _("Cơ quan %(level)s không thể trực thuộc cơ quan %(parent)s.")
        names = {"level": Office.Level(level).label.lower(), "parent": Office.Level(parent.level).label.lower()}
        raise ValidationError(sentence % {key: f"“{name}”" for key, name in names.items()})


def check_path(path: str) -> None:
    """Raises ValidationError when the path is too long to be stored."""
    if len(path) > (Office._meta.get_field("path").max_length or 0):
        raise ValidationError(_("Cây cơ quan sâu quá, không lưu được."))
