"""Fixtures of the pipeline's tests; integration tests import the same module."""

from tests.media_pipeline.fixtures import *  # noqa: F403
