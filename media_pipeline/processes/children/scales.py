"""The arithmetic of tiles; pure, for the child that cuts them and for the view that describes them."""


def scale_factors(width: int, height: int, side: int) -> list[int]:
    """1, 2, 4 … until the whole picture fits into one tile."""
    factors = [1]
    while max(width, height) > side * factors[-1]:
        factors.append(factors[-1] * 2)
    return factors
