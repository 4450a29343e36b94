"""Formulas: a small safe language over measures, with units of measure carried through (METHOD §0.4).

`parse` reads a text, `to_text` prints the canonical one; `check_names`, `evaluation_order`, `infer` and `conversion_to`
judge it against the other measures; `evaluate_formula` computes it on arrays. Whatever is not accepted is a
`FormulaRefused` with a stable code, a remedy and a place.
"""

from fourfold.engine.formula.calls import FUNCTIONS, LAG_MAX, RESERVED, ROLLING_MAX
from fourfold.engine.formula.evaluating import COUNTED_AS_ZERO, evaluate_formula
from fourfold.engine.formula.measuring import conversion_factor, conversion_to, infer
from fourfold.engine.formula.naming import check_names, evaluation_order, is_overlapping, references
from fourfold.engine.formula.operands import (
    BEFORE_THE_FIRST,
    ArrayOperands,
    Cells,
    OperandSource,
    carried_forward,
    shifted,
)
from fourfold.engine.formula.printing import to_text
from fourfold.engine.formula.reading import DEPTH_MAX, EXPONENT_MAX, NODES_MAX, SOURCE_MAX, parse
from fourfold.engine.formula.refusal import FormulaCode, FormulaRefused, Position
from fourfold.engine.formula.syntax import Condition, Expression, Node

__all__ = [
    "BEFORE_THE_FIRST",
    "COUNTED_AS_ZERO",
    "DEPTH_MAX",
    "EXPONENT_MAX",
    "FUNCTIONS",
    "LAG_MAX",
    "NODES_MAX",
    "RESERVED",
    "ROLLING_MAX",
    "SOURCE_MAX",
    "ArrayOperands",
    "Cells",
    "Condition",
    "Expression",
    "FormulaCode",
    "FormulaRefused",
    "Node",
    "OperandSource",
    "Position",
    "carried_forward",
    "check_names",
    "conversion_factor",
    "conversion_to",
    "evaluate_formula",
    "evaluation_order",
    "infer",
    "is_overlapping",
    "parse",
    "references",
    "shifted",
    "to_text",
]
