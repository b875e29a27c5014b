"""Review: what people say about the figures of a run, kept in one append-only log, brought back to figures and gold.

`log` keeps decisions, `settling` says what they come to, `placing` finds their figures in a later run, `marks` is the
review of a run as tables show it; `workbook` and `questions` read what people and models send back, `promoting` makes
gold. Import from these modules: the command must start without loading them.
"""
