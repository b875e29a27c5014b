"""The command: exit codes, one clear line for whatever goes wrong, never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhengwen import __version__
from zhengwen.cli import main

SENTENCE = "2021年,全区税收收入完成4.17亿元,同比增长3.6%。"


@dataclass
class Ran:
    """What a command left behind."""

    code: object
    out: str
    err: str


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> object:
    """Run the command in this process; leave with code, output and errors."""

    def run(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(a) for a in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(left.value.code, said.out, said.err)

    return run


def put(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


BAD_FILES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n", "no text"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00", "not a text file"),
    ("noise.txt", b"\xff\x81\xff\x80 abc", "no text in UTF-8"),
    ("page.pdf", b"%PDF-1.7", "no PDF can be read"),
]


@pytest.mark.parametrize(("name", "data", "word"), BAD_FILES, ids=[b[0] for b in BAD_FILES])
def test_a_bad_file_is_one_line_and_the_rest_is_written(ran, tmp_path: Path, name: str, data: bytes, word: str) -> None:
    bad, good = put(tmp_path / name, data), put(tmp_path / "good.txt", SENTENCE)

    left = ran("extract", bad, good, "-o", tmp_path / "run", "--quiet")

    assert left.code == 1
    assert left.err.count("\n") == 1
    assert left.err.startswith(f"zhengwen: {bad}: ")
    assert word in left.err
    error = json.loads((tmp_path / "run" / "errors.jsonl").read_text(encoding="utf-8"))
    assert error["source"] == str(bad)
    assert "4.17亿元" in (tmp_path / "run" / "figures.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "word"),
    [("nowhere.txt", "no such file"), ("nothing", "holds no article"), ("*.xyz", "no file matches")],
)
def test_a_missing_input_is_one_line(ran, tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / "nothing").mkdir()

    left = ran("extract", tmp_path / name)

    assert (left.code, left.out) == (1, "")
    assert left.err.count("\n") == 1
    assert word in left.err


def test_a_bad_date_beside_a_file_is_that_files_failure(ran, tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", SENTENCE)
    put(tmp_path / "a.meta.json", '{"date": "morgen"}')

    left = ran("extract", path)

    assert left.code == 1
    assert left.err == f"zhengwen: {path}: not a date: 'morgen' (wanted: 2021, 2021-03 or 2021-03-05)\n"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["extract", "{good}", "--date", "someday"], "--date: not a date: 'someday'"),
        (["try", SENTENCE, "--date", "2021-13"], "not a date"),
        (["extract", "{good}", "--format", "xlsx", "--lang", "fr", "-o", "{run}"], "no such language: fr"),
        (["extract", "{good}", "--format", "docx"], "no such format: docx"),
        (["extract", "{good}", "--format", "parquet"], "-o DIR"),
        (["extract", "{good}", "-o", "{good}"], "is a file, not a folder"),
        (["extract", "{good}", "--rules", "{run}/none"], "no such folder"),
        (["extract", "{good}", "--nonsense"], "No such option: --nonsense"),
        (["extract"], "Missing argument"),
        (["nonsense"], "No such command 'nonsense'"),
        (["rules", "show", "no.such"], "no rule has the id 'no.such'"),
        (["rules", "test", "no.such"], "no rule has the id 'no.such'"),
        (["rules", "list", "zzz"], "no topic and no rule starts with 'zzz'"),
        (["schema", "--json", "--arrow"], "not both"),
    ],
    ids=lambda v: "-".join(v)[:40] if isinstance(v, list) else "",
)
def test_wrong_usage_is_one_line_and_code_2(ran, tmp_path: Path, arguments: list[str], word: str) -> None:
    good = put(tmp_path / "good.txt", SENTENCE)

    left = ran(*(a.format(good=good, run=tmp_path / "run") for a in arguments))

    assert left.code == 2
    assert left.err.count("\n") == 1
    assert word in left.err


@pytest.mark.parametrize("command", ["explain", "tokens", "pages"])
def test_commands_on_one_file_say_what_is_wrong_with_it(ran, tmp_path: Path, command: str) -> None:
    left = ran(command, tmp_path / "none.txt")

    assert left.code == 1
    assert left.err == f"zhengwen: {tmp_path / 'none.txt'}: no such file\n"


def test_a_bad_rule_is_one_line_that_names_file_and_rule(ran, tmp_path: Path) -> None:
    put(tmp_path / "mine.toml", 'stage = "x"\n[[rule]]\nid = "mine.a"\nwhy = "w"\npattern = "甲"\n')

    left = ran("rules", "check", tmp_path)

    assert left.code == 2
    assert "mine.toml: rule.0.examples: Field required" in left.err
    assert left.err.count("\n") == 1


def test_a_fault_of_ours_is_one_line_and_ends_no_run(ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhengwen.engine import Engine

    read = Engine.read

    def breaks(self, page):
        if "坏" in page.text:
            raise RuntimeError("two\nlines")
        return read(self, page)

    monkeypatch.setattr(Engine, "read", breaks)
    bad, good = put(tmp_path / "bad.txt", "坏"), put(tmp_path / "good.txt", SENTENCE)

    left = ran("extract", bad, good)

    assert left.code == 1
    assert left.err == f"zhengwen: {bad}: internal error: RuntimeError: two\\nlines\n"
    assert "4.17亿元" in left.out


def test_extract_without_a_folder_prints_the_table(ran, tmp_path: Path) -> None:
    left = ran("extract", put(tmp_path / "a.txt", SENTENCE), "--date", "2022-01")

    assert (left.code, left.err) == (0, "")
    for shown in ("税收收入", "4.17亿元", "3.6%", "2021", "growth_rate", "yoy"):
        assert shown in left.out


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_extract_feeds_a_pipe(ran, tmp_path: Path, form: str) -> None:
    left = ran("extract", put(tmp_path / "a.txt", SENTENCE), "--format", form)

    assert left.code == 0
    if form == "jsonl":
        kinds = [json.loads(line)["record"] for line in left.out.splitlines()]
        assert kinds[0] == "article"
        assert kinds.count("figure") == 2
    else:
        assert left.out.startswith("source,article_id,")
        assert left.out.count("\n") == 3


def test_a_run_folder_records_what_was_asked(ran, tmp_path: Path) -> None:
    put(tmp_path / "a.txt", SENTENCE)
    put(tmp_path / "b.txt", "去年,全区税收收入完成2亿元。")

    left = ran("extract", tmp_path, "-o", tmp_path / "run", "--format", "jsonl,parquet")

    assert left.code == 0
    assert "figures of 2 inputs" in left.err
    about = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert about["zhengwen"] == __version__
    assert about["options"]["formats"] == ["jsonl", "parquet"]
    assert len(about["rules_hash"]) == 64
    assert about["figures_without_period_for_want_of_date"] == 1
    sources = [json.loads(x)["source"] for x in (tmp_path / "run" / "records.jsonl").open(encoding="utf-8")]
    assert list(dict.fromkeys(sources)) == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert (tmp_path / "run" / "figures.parquet").exists()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, article: Path) -> None:
    """Whatever the order in which Python keeps its sets."""
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "zhengwen", "extract", str(article), "-o", str(tmp_path / seed), "--quiet"]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)

    for name in ("records.jsonl", "figures.csv", "entities.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_standard_input_is_read(ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode("gb18030"))))

    left = ran("extract", "-")

    assert left.code == 0
    assert "4.17亿元" in left.out


def test_try_prints_the_rows_of_a_sentence(ran) -> None:
    assert "4.17亿元" in ran("try", SENTENCE).out
    assert ran("try", "没有数字").out == "no figure\n"
    assert json.loads(ran("try", SENTENCE, "--json").out.splitlines()[0])["record"] == "article"


def test_explain_names_rules_and_winners(ran, tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "全区税收收入完成4.17亿元。沿107国道前进。")

    whole = ran("explain", path).out
    at = ran("explain", f"{path}:10").out

    assert "4.17亿元: figure" in whole
    assert "107" in whole
    assert "no figure: read as " in whole
    assert "4.17亿元: figure" in at
    assert "107" not in at
    assert "no figure and no numeral at 1" in ran("explain", f"{path}:1").out


def test_tokens_keep_figures_and_terms_whole(ran, tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "2020年完成投资123,244.2元。\n")

    assert "123,244.2元" in ran("tokens", path).out.strip().split("|")


def test_pages_labels_every_line(ran, article: Path) -> None:
    lines = ran("pages", article).out.splitlines()

    assert len(lines) == sum(1 for x in article.read_text(encoding="utf-8").splitlines() if x.strip())
    assert any("byline" in x and "许闻溪" in x for x in lines)


def test_rules_can_be_listed_shown_and_tested(ran) -> None:
    listed = ran("rules", "list").out.splitlines()
    name = listed[0].split()[0]

    assert name in ran("rules", "show", name).out
    assert ran("rules", "test", name).code in (0, 1)


def test_a_folder_of_ones_own_adds_and_is_checked(ran, tmp_path: Path) -> None:
    rule = "stage = 'mine'\n[[rule]]\nid='words.mine'\nwhy='w'\npattern='''{}'''\nexamples=['[甲]']\nrejects=['乙']\n"
    put(tmp_path / "words.toml", rule.format("甲"))

    assert ran("rules", "test", "words.mine", "--rules", tmp_path).code == 0
    assert "words.mine" in ran("rules", "list", "words", "--rules", tmp_path).out

    put(tmp_path / "words.toml", rule.format("乙"))
    from zhengwen import rules

    rules.load.cache_clear()
    assert ran("rules", "test", "words.mine", "--rules", tmp_path).code == 1


def test_schema_prints_both_forms(ran) -> None:
    assert json.loads(ran("schema").out)["version"]
    assert "figures.parquet" in ran("schema", "--arrow").out


def test_demo_prints_a_table_and_leaves_a_run(ran, tmp_path: Path) -> None:
    left = ran("demo", "-o", tmp_path / "demo")

    assert left.code == 0
    assert "云溪街道" in left.out
    assert (tmp_path / "demo" / "figures.csv").exists()


def test_version(ran) -> None:
    assert ran("--version").out == f"zhengwen {__version__}\n"


def test_nothing_heavy_is_imported_for_help() -> None:
    heavy = ("spacy", "pandas", "pyarrow", "jieba", "pydantic")
    code = f"import sys, zhengwen, zhengwen.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_python_runs_a_bare_checkout(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(root / "pipeline"), "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout == f"zhengwen {__version__}\n"


def test_a_closed_pipe_is_no_error(article: Path) -> None:
    command = f"{sys.executable} -m zhengwen extract {article} --format jsonl | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)

    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
