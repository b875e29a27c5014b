"""What the text has said about time so far: by sentence, paragraph, section and article."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhengwen.times import periods

__all__ = ["Story", "Told"]


@dataclass(slots=True)
class Told:
    """The times that a stretch of text runs under, each the last that was told; empty where none was."""

    year: int = 0
    month: str = ""
    day: str = ""
    period: str = ""

    def take(self, other: Told) -> None:
        """Put what `other` tells over what is told here."""
        self.year = other.year or self.year
        self.month = other.month or self.month
        self.day = other.day or self.day
        self.period = other.period or self.period


@dataclass(slots=True)
class Story:
    """The stack of what was told, innermost first: sentence, paragraph, section (headings), article."""

    sentence: Told = field(default_factory=Told)
    paragraph: Told = field(default_factory=Told)
    section: Told = field(default_factory=Told)
    article: Told = field(default_factory=Told)
    named: Told = field(default_factory=Told)
    """The last time named in this paragraph, however it stood: what 同日, 当年 refer to."""
    before: str = ""
    """The day last told in the paragraphs before: what 当日 refers to where its own paragraph names none."""
    last_day: str = ""
    """The day that the time named last in this paragraph ends on, when it is one told by month and day."""
    as_of: str = ""
    """The date of 截至D in this sentence."""
    holiday: str = ""
    """The holiday last named in the article."""

    def new_paragraph(self) -> None:
        """Forget sentence and paragraph."""
        self.last_day = ""
        self.paragraph = Told()
        self.named = Told()
        self.new_sentence()

    def new_sentence(self) -> None:
        """Forget the sentence."""
        self.sentence = Told()
        self.as_of = ""

    def tell(self, told: Told, *, heading: bool) -> None:
        """Record a time that the following text runs under."""
        self.sentence.take(told)
        self.paragraph.take(told)
        self.article.take(told)
        if heading:
            self.section.take(told)

    @property
    def year(self) -> int:
        """The year that the text runs under here, 0 when none was told."""
        return self.sentence.year or self.paragraph.year or self.section.year

    @property
    def period(self) -> str:
        """The period that the text runs under here."""
        return self.sentence.period or self.paragraph.period or self.section.period


def told_of(value: str, *, single: bool) -> Told:
    """Return what a resolved time tells; months and days only when it is a `single` one, no range."""
    same_year = periods.begin(value)[:4] in ("", periods.end(value)[:4])
    return Told(
        year=periods.year_of(value) if same_year else 0,
        month=periods.month_of(value) if single else "",
        day=periods.day_of(value) if single else "",
        period=value,
    )
