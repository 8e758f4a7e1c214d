"""What a scenario changes: dated patches, applied to the facts one after the other."""

from backoffice.engine.scenario.patch import Patch, Refusal, Refused, Touch
from backoffice.engine.scenario.patches.apply import KINDS, Applied, apply_patches

__all__ = ["KINDS", "Applied", "Patch", "Refusal", "Refused", "Touch", "apply_patches"]
