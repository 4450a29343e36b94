"""What is said, where it stands, and by whom."""

from fourfold.governance.annotations.models.analysis import Analysis
from fourfold.governance.annotations.models.anchored import Anchored, Subject
from fourfold.governance.annotations.models.annotation import (
    Annotation,
    AnnotationType,
    AnnotationUnknown,
    Mention,
    Remark,
)
from fourfold.governance.annotations.models.override import OverrideUnknown, StatusOverride

__all__ = [
    "Analysis",
    "Anchored",
    "Annotation",
    "AnnotationType",
    "AnnotationUnknown",
    "Mention",
    "OverrideUnknown",
    "Remark",
    "StatusOverride",
    "Subject",
]
