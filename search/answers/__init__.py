"""What stands above the hits of a search: the people, place or record that the whole query names, looked up in the authorities first."""

from .cards import AnswerCard, Fact
from .lookup import answers_for

__all__ = ["AnswerCard", "Fact", "answers_for"]
