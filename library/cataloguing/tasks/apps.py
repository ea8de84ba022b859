"""Wiring of the tasks of collecting."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "library.cataloguing.tasks"
    label = "collecting"
    verbose_name = _("Việc sưu tầm")
