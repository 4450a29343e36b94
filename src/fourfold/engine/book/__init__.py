"""The definitions compiled as of a time: what an evaluation reads instead of words."""

from fourfold.engine.book.book import Book, compile_book
from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.book.timeline import Timeline
from fourfold.engine.book.units import UnitTree, UnknownUnit

__all__ = ["Book", "DefinitionRefused", "Timeline", "UnitTree", "UnknownUnit", "compile_book"]
