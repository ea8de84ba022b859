"""What the search has to reach, by collection. A change that falls below is not merged. It imports nothing: benches read it too."""

# Mean reciprocal rank of the first answer in the starter collection, by how the query is typed.
STARTER_GOALS = {"full": 0.97, "no marks": 0.97, "misspelt": 0.94}

# viquad1k with its titles (search design, section 15): the score of full marks, and the share of it that each spelling may lose.
ACCENTED_GOAL = 0.82
PLAIN_WORDS = 0.7757  # what plain words score with full marks
LOSSES = {
    "nodia": 0.02,
    "notone": 0.015,
    "partial": 0.035,
    "typo": 0.03,
    "tonetypo": 0.015,
    "nodia_typo": 0.05,
}  # a variant that is not named may lose nothing

# The same with search by meaning: MRR@10 and nDCG@10 of full marks, and the share that a spelling without marks may lose.
SEMANTIC_MRR, SEMANTIC_NDCG, SEMANTIC_LOSS = 0.84, 0.87, 0.02
