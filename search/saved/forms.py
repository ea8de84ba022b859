"""The forms of a saved search: its name, and how often to send an alert."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import SavedSearch
from ..request import SearchForm
from ..results.addresses import PAGE


class SavedSearchForm(forms.ModelForm):
    """Its name and how often to send an alert."""

    class Meta:
        model = SavedSearch
        fields = ["name", "often"]
        widgets = {"often": forms.RadioSelect}

    def clean_often(self) -> str:
        """Refuses one more search that sends letters than a person may have."""
        often: str = self.cleaned_data["often"]
        others = self._user_of_search().saved_searches.exclude(pk=self.instance.pk).exclude(often=SavedSearch.Often.NEVER)
        if often != SavedSearch.Often.NEVER and others.count() >= SavedSearch.MOST_BY_MAIL:
            raise forms.ValidationError(
                _("Đã có %(most)d câu tìm báo qua thư; hãy chọn “không báo”, hoặc tắt thư của một câu tìm khác.")
                % {"most": SavedSearch.MOST_BY_MAIL}
            )
        return often

    def _user_of_search(self) -> Any:
        return self.instance.user


class NewSavedSearchForm(SavedSearchForm):
    """A search to be saved: also checks that it can be asked, and that the person has room for it."""

    def __init__(self, *args: Any, user: Any, parameters: QueryDict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.parameters = parameters.copy()
        self.parameters.pop(PAGE, None)

    def _user_of_search(self) -> Any:
        return self._user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not SearchForm(self.parameters).is_valid() or len(self.parameters.urlencode()) > SavedSearch.LONGEST_QUERY:
            raise forms.ValidationError(_("Câu tìm này không lưu được; hãy tìm lại rồi lưu."))
        if self._user.saved_searches.count() >= SavedSearch.MOST:
            raise forms.ValidationError(_("Bạn đã lưu đủ %(most)d câu tìm; hãy xóa bớt rồi lưu tiếp.") % {"most": SavedSearch.MOST})
        return cleaned

    def save(self, commit: bool = True) -> SavedSearch:
        self.instance.user, self.instance.query = self._user, self.parameters.urlencode()
        return super().save(commit)
