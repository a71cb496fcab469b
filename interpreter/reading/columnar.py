"""x."""

from interpreter.reading.dataset import Grid, Place


def read_parquet(data: bytes, place: Place) -> Grid:
    raise NotImplementedError
