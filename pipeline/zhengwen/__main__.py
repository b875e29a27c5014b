"""`python -m zhengwen`: the same as the command `zhengwen`."""

from zhengwen.cli import main

if __name__ == "__main__":
    main()
