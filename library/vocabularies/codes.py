"""What a code of an official list of peoples means. A code without the name of its list means nothing."""

from django.utils.translation import gettext as _

from .models import EthnicGroup, GroupCode


class UnknownGroupCode(ValueError):
    """The list is not named, not known, or does not hold the code."""


def group_by_code(list_name: str, code: str) -> EthnicGroup | None:
    """The group a code stands for in the list of 1979 or 2008; None for 55 and 99, which name no group.

    Raises UnknownGroupCode when the list is not one of the two or does not hold the code: the lists number the peoples
    differently (domain handbook, section 4), so nothing is guessed.
    """
    if list_name not in GroupCode.List.values:
        known = ", ".join(GroupCode.List.values)
        raise UnknownGroupCode(_("Phải nói rõ mã dân tộc theo danh mục nào: %(lists)s.") % {"lists": known})
    found = GroupCode.objects.select_related("group").filter(list=list_name, code=code).order_by("-valid_from").first()
    if found is None:
        raise UnknownGroupCode(_("Danh mục %(list)s không có mã “%(code)s”.") % {"list": list_name, "code": code})
    return found.group
