"""x."""

from interpreter.reading.dataset import Place
from interpreter.reading.opening import Opened


def open_workbook(data: bytes, place: Place) -> Opened:
    raise NotImplementedError
