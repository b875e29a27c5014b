"""Measuring: records against gold (contract, “Scoring”), the gate, and what a change of the rules did.

The judge shares no code with what it judges: it reads records as plain JSON, so that any extractor's can be scored.
"""

from __future__ import annotations

__all__: list[str] = []
