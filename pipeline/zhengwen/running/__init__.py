"""Many inputs into one run: `job` one after the other (`zhengwen extract`), `batch` whole archives (`zhengwen batch`).

`batch` plans (`plan`), hands parts to worker processes (`pool`, `worker`), names what they have written (`parts`) and
remembers it (`manifest`). What is made of a run afterwards stands beside: `reprints`, `slices`, `sampling`, `series`.
"""
