"""The words of spoken times, English and Russian. Written as they stand after ё became е."""

from collections.abc import Mapping


def _words(text: str) -> list[str]:
    return text.split()


def _counted(text: str, *, start: int = 1, step: int = 1) -> dict[str, int]:
    return {word: number * step for number, word in enumerate(_words(text), start)}


def _named(**spellings: str) -> dict[str, str]:
    return {word: name for name, text in spellings.items() for word in _words(text)}


PLAIN: Mapping[str, int] = {
    **_counted(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ),
    **_counted("twenty thirty forty fifty", start=2, step=10),
    **_counted(
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
        "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
    ),
    **_counted("двадцать тридцать сорок пятьдесят", start=2, step=10),
    **_counted("одна две"),
    "одну": 1,
}
"""Numbers as they are counted."""

BENT: Mapping[str, int] = {
    **_counted(
        "одной двух трех четырех пяти шести семи восьми девяти десяти одиннадцати двенадцати "
        "тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати"
    ),
    **_counted("двадцати тридцати сорока пятидесяти", start=2, step=10),
}
"""Russian numbers after "без" and "к"; "без двадцати семь" is 20 and 7, not 27."""

HOUR_OF: Mapping[str, int] = _counted(
    "первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого "
    "одиннадцатого двенадцатого"
)
"""The hour that is running: "полвосьмого" lies in the one that ends at 8."""

ZERO = frozenset({"oh", "o", "zero", "ноль", "нуль"})

SIGNS: Mapping[str, str] = _named(
    h="oclock h ч час часа часов часам часиков",
    m="m min mins minute minutes мин минут минуты минута минутам",
    quarter="quarter четверть четверти",
    half="half",
    pol="пол половина половине половину половины",
    past="past after",
    to="to till",
    bez="без",
    noon="noon midday полдень полудня полудню",
    midnight="midnight полночь полуночи",
)
"""Words that build a time, as the grammar names them."""

PERIODS: Mapping[str, str] = _named(
    am="am",
    pm="pm",
    morning="morning утра утром утречком",
    day="afternoon дня днем",
    evening="evening вечера вечером",
    night="night ночи ночью",
)
"""Parts of the day, as the grammar names them."""

FILLERS = frozenset(
    _words(
        ", . at to set it please make change move let lets us i want would like id my the a is be "
        "reminder remind me around about ok okay yes sure maybe by time good fine great works "
        "better prefer how thanks exactly sharp daily "
        "в во на к ко давай давайте лучше пожалуйста поставь поставьте поставим хочу хотелось "
        "хотел хотела бы мне напоминай напоминайте напомни напомните напоминать напоминание "
        "будет удобно пусть можно ровно около примерно время ок окей хорошо да ладно спасибо я "
        "ежедневно"
    )
)
"""Words around a time that do not change it. "not", "after", "in", "every" do, and are absent."""
