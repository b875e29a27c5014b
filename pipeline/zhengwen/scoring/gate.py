"""The gate: floors under every score, for exactly these texts and this gold; they rise, and fall only with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.scoring.evaluation import Evaluation

__all__ = ["Floors", "GateClosed", "breaches", "load_floors", "raise_floors", "save_floors"]

_SLACK = 1e-9


class GateClosed(ZhengwenError):
    """A floor would fall without a reason."""


@dataclass(frozen=True)
class Floors:
    """The floors of one set of pages, and the fingerprint of the texts and gold that they hold for."""

    fingerprint: str
    pages: int
    scores: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {"fingerprint": self.fingerprint, "pages": self.pages, "floors": dict(self.scores)}


def load_floors(path: Path) -> tuple[dict[str, Floors], list[Mapping[str, Any]]]:
    """Read `baseline.json`: floors by set of pages, and the regressions that were allowed; both empty without it."""
    if not path.is_file():
        return {}, []
    data = json.loads(path.read_text(encoding="utf-8"))
    sets = {n: Floors(s["fingerprint"], s["pages"], s["floors"]) for n, s in data["sets"].items()}
    return sets, list(data.get("allowed_regressions", ()))


def save_floors(path: Path, sets: Mapping[str, Floors], allowed: list[Mapping[str, Any]]) -> None:
    """Write `baseline.json`."""
    data = {"sets": {n: s.to_json() for n, s in sorted(sets.items())}, "allowed_regressions": allowed}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def breaches(floors: Floors | None, evaluation: Evaluation) -> list[str]:
    """Return one line for everything that keeps the gate shut: a score under its floor, or other texts or gold."""
    if floors is None:
        return [f"{evaluation.name}: no floors yet (zhengwen evaluate --update sets them)"]
    if floors.fingerprint != evaluation.fingerprint:
        return [f"{evaluation.name}: texts or gold have changed since the floors were set (zhengwen evaluate --update)"]
    return [
        f"{evaluation.name}: {score} {'is gone' if now is None else f'{now:.4f}'}, floor {floor:.4f}"
        for score, floor in floors.scores.items()
        if (now := evaluation.headline.get(score)) is None or now < floor - _SLACK
    ]


def raise_floors(path: Path, evaluation: Evaluation, reason: str = "") -> list[str]:
    """Set the floors to what the evaluation reached, and return one line for each that moved.

    A floor that would fall stops everything (`GateClosed`) unless a reason is given, which is kept in the file.
    """
    sets, allowed = load_floors(path)
    old = sets.get(evaluation.name)
    now = {s: v for s, v in evaluation.headline.items() if v is not None}
    if not now:
        raise BadInput("nothing was judged", where=evaluation.name)
    before = old.scores if old else {}
    fallen = {s: [floor, now.get(s)] for s, floor in before.items() if now.get(s, -1.0) < floor - _SLACK}
    if fallen and not reason:
        what = ", ".join(f"{s} {was:.4f} → {is_ if is_ is None else f'{is_:.4f}'}" for s, (was, is_) in fallen.items())
        raise GateClosed(f"floors would fall: {what}; --allow-regression REASON takes it", where=evaluation.name)
    if fallen:
        allowed.append({"set": evaluation.name, "reason": reason, "fell": fallen})
    sets[evaluation.name] = Floors(evaluation.fingerprint, len(evaluation.verdicts), now)
    save_floors(path, sets, allowed)
    return [
        f"{s:<18}{before[s]:.4f} → {v:.4f}" if s in before else f"{s:<18}{v:.4f} (new)"
        for s, v in now.items()
        if before.get(s) != v
    ]
