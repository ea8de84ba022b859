"""User, community and membership. No ethnic or religion field, here or derived (Decree 356/2025)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from library.access import ANONYMOUS, Viewer

from .offices import Office


class Community(models.Model):
    """A community of origin: it decides who may see its own heritage. Membership is never public.

    ``office`` keeps the list of members; only its administrators and those above it may change the list.
    """

    slug = models.SlugField(_("mã"), max_length=80, unique=True)
    name_vi = models.CharField(_("tên tiếng Việt"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    protocol = models.TextField(_("quy ước, bằng lời của cộng đồng"), blank=True)
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="communities",
        verbose_name=_("cơ quan giữ danh sách thành viên"),
    )
    tells_closed_count = models.BooleanField(
        _("cho người ngoài biết có bao nhiêu tư liệu chỉ mở cho cộng đồng"),
        default=False,
        help_text=_("Chỉ cho biết số lượng khi tìm không thấy, không cho biết tên. Cộng đồng quyết định; chưa quyết định thì để trống."),
    )

    class Meta:
        verbose_name = _("cộng đồng chủ thể")
        verbose_name_plural = _("cộng đồng chủ thể")
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name_vi


class User(AbstractUser):
    """A person who signs in.

    Groups give the rights, the office says on whose records they count, communities say what else the person may see.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("cơ quan"))
    communities: models.ManyToManyField = models.ManyToManyField(
        Community, through="Membership", related_name="members", verbose_name=_("cộng đồng")
    )

    reset_mailed_at = models.DateTimeField(null=True, blank=True, editable=False)  # the last mail for choosing a new password

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def get_full_name(self) -> str:
        """The name in Vietnamese order: family name first."""
        return f"{self.last_name} {self.first_name}".strip()

    @cached_property
    def viewer(self) -> Viewer:
        """The rights of this person as one value; computed once for each request."""
        if not self.is_active:
            return ANONYMOUS
        office = self.office
        return Viewer(
            signed_in=True,
            communities=frozenset(self.communities.values_list("pk", flat=True)),
            office_path=office.path if office and self.has_perm("records.change_record") else None,
            archivist=self.has_perm("records.see_withdrawn_record"),
            user_id=self.pk,
        )


class Membership(models.Model):
    """That a person belongs to a community; never shown in public. A keeper decides for the community."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, verbose_name=_("người dùng"))
    community = models.ForeignKey(Community, on_delete=models.CASCADE, verbose_name=_("cộng đồng"))
    keeper = models.BooleanField(_("quyết định thay cộng đồng"), default=False)

    class Meta:
        verbose_name = _("thành viên cộng đồng")
        verbose_name_plural = _("thành viên cộng đồng")
        constraints = [models.UniqueConstraint(fields=["user", "community"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.user} · {self.community}"
