"""Many inputs, one after the other, into one run: what `zhengwen extract` does."""

from __future__ import annotations

from zhengwen.running.job import Job, run

__all__ = ["Job", "run"]
