"""`python pipeline …` from a bare checkout: the same as the command `zhengwen`."""

from zhengwen.cli import main

main()
