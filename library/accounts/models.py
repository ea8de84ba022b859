"""User, office, community and membership. No ethnic or religion field, here or derived (Decree 356/2025)."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from library.access import ANONYMOUS, Viewer


class Office(models.Model):
    """An office that answers for records: the ministry, a province, a commune. No district role exists since 7/2025."""

    class Level(models.TextChoices):
        MINISTRY = "ministry", _("Bộ")
        PROVINCE = "province", _("Tỉnh, thành phố")
        COMMUNE = "commune", _("Xã, phường, đặc khu")

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name_vi = models.CharField(_("tên tiếng Việt"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("trực thuộc")
    )
    # Such as "/bo/tinh-15/": the path of every office below begins with it.
    path = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = f"{self.parent.path if self.parent else '/'}{self.code}/"
        super().save(*args, **kwargs)


class Community(models.Model):
    """A community of origin: it decides who may see its own heritage. Membership is never public."""

    slug = models.SlugField(_("mã"), max_length=80, unique=True)
    name_vi = models.CharField(_("tên tiếng Việt"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    protocol = models.TextField(_("quy ước, bằng lời của cộng đồng"), blank=True)

    class Meta:
        verbose_name = _("cộng đồng chủ thể")
        verbose_name_plural = _("cộng đồng chủ thể")
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return self.name_vi


class User(AbstractUser):
    """A person who signs in.

    Groups give the rights, the office says on whose records they count, communities say what else the person may see.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("cơ quan"))
    communities: models.ManyToManyField = models.ManyToManyField(
        Community, through="Membership", related_name="members", verbose_name=_("cộng đồng")
    )

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

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
