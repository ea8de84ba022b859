"""From the words of a short request to the conditions that they set: types, peoples, places, months, years, kinds of files."""

from .condition import Condition, Demand, FacetValue, Kind, Vocabulary
from .requests import understand_conditions
from .wording import understood_words

__all__ = ["Condition", "Demand", "FacetValue", "Kind", "Vocabulary", "understand_conditions", "understood_words"]
