"""Settings of the media bench: the pipeline alone, and Wagtail's own pictures to measure it by."""

from tests.integration.media.settings import *  # noqa: F403
from tests.integration.media.settings import INSTALLED_APPS as PIPELINE_ALONE

INSTALLED_APPS = [*PIPELINE_ALONE, "wagtail.images"]
