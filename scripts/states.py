"""Write rules/common/states.tsv: every state of the world with its codes and its names in Chinese, English and Russian.

    pip install babel pycountry
    python scripts/states.py

Short names come from CLDR (babel), codes and English official names from ISO 3166 (pycountry), and all that those
do not know from states-extra.tsv beside this file, whose first lines say how the three are put together.
The output depends on nothing but that file and the two packages.
"""

import re
import unicodedata
from pathlib import Path

import pycountry
from babel import Locale

HERE = Path(__file__).resolve().parent
EXTRA = HERE / "states-extra.tsv"
TARGET = HERE.parent / "rules" / "common" / "states.tsv"
CLDR = {lang: Locale(lang).territories for lang in ("zh", "en", "ru")}
COMMENT = """\
# Every state, present and past: short names from CLDR, codes from ISO 3166, the rest kept by hand. Made by scripts/states.py: edit scripts/states-extra.tsv.
# zh.abbr: what stands for the state in pairs (中哈) and before 方 (哈方). rank: 1 is the most usual state of its character; from 9 up the
# character is an everyday one there (中不, 东方, 中立): it means this state only in a document that names the state as a party.
"""

# Russian genitives are made only where the ending leaves no doubt: first words of official names, and plain nouns.
GENITIVE_HEADS = [
    (r"^Республика ", "Республики "), (r"^Народная Республика ", "Народной Республики "),
    (r"^Исламская Республика ", "Исламской Республики "), (r"^Федеративная Республика ", "Федеративной Республики "),
    (r"^Королевство ", "Королевства "), (r"^Государство ", "Государства "), (r"^Султанат Оман$", "Султаната Оман"),
    (r"^Княжество ", "Княжества "), (r"^(\S+)ая Федерация$", r"\1ой Федерации"), (r"^(\S+)ая Конфедерация$", r"\1ой Конфедерации"),
    (r"^(\S+[гкнтв])ая Республика$", r"\1ой Республики"), (r"^(\S+)ая (\S+)ая Республика$", r"\1ой \2ой Республики"),
    (r"^(\S+)ая Народно-Демократическая Республика$", r"\1ой Народно-Демократической Республики"),
]
GENITIVE_NOUNS = [
    (r"ия$", "ии"), (r"ея$", "еи"), (r"([гкхжшщч])а$", r"\1и"), (r"а$", "ы"), (r"([бвгдзклмнпрстфх])$", r"\1а"),
    (r"ай$", "ая"), (r"ий$", "ия"), (r"ль$", "ля"),
]
IRREGULAR = {"Египет": ["Египта"], "Никарагуа": [], "Самоа": []}


def genitives(name):
    """The genitive of a Russian name as a list of one, or of none where no rule is sure."""
    if name in IRREGULAR:
        return IRREGULAR[name]
    if name.upper() == name:
        return []
    for pattern, new in GENITIVE_HEADS if " " in name else GENITIVE_NOUNS:
        if re.search(pattern, name):
            return [re.sub(pattern, new, name)]
    return []


def iso_names(code):
    """English names of ISO 3166, the official one first; inverted forms (`Korea, Republic of`) are left out."""
    country = pycountry.countries.get(alpha_2=code)
    if not country:
        return []
    found = [getattr(country, key, "") for key in ("official_name", "common_name", "name")]
    return [name.removeprefix("the ") for name in found if name and "," not in name and "(" not in name]


def spellings(name):
    """A name of CLDR as texts write it: `and` before `&`, and both kinds of apostrophe."""
    forms = [name.replace(" & ", " and "), name]
    return forms + [form.replace("’", "'") for form in forms]


def plain(name):
    """An English name without its accents."""
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def names(cell, lang, code):
    """The names of one cell, in order, each once."""
    given = cell.split("|") if cell else []
    dropped = {name[1:] for name in given if name.startswith("!")}
    short = spellings(CLDR[lang][code]) if code and "@" not in dropped else []
    iso = iso_names(code) if lang == "en" and code else []
    if not {"@", "!@", "%"} & set(given):
        given = ["@", "%"] + given
    given += [slot for slot in ("@", "%") if slot not in given]
    slots = {"@": short, "%": iso}
    found = [name for slot in given for name in slots.get(slot, [slot])]
    found = [name for name in found if not name.startswith("!") and name not in dropped]
    if lang == "en":
        found = [form for name in found for form in (name, plain(name))]
    if lang == "ru":
        found += [genitive for name in found for genitive in genitives(name)]
    return "|".join(dict.fromkeys(found))


def main():
    lines = [line for line in EXTRA.read_text("utf-8").splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    out = [lines[0]]
    for line in lines[1:]:
        row = dict(zip(header, line.split("\t"), strict=True))
        past = bool(row["until"])
        row["alpha3"] = row["alpha3"] or pycountry.countries.get(alpha_2=row["code"]).alpha_3
        for lang in CLDR:
            row[lang] = names(row[lang], lang, "" if past else row["code"])
        out.append("\t".join(row[key] for key in header))
    TARGET.write_text(COMMENT + "\n".join([out[0]] + sorted(out[1:])) + "\n", "utf-8", newline="\n")
    print(f"{TARGET.name}: {len(out) - 1} states")


if __name__ == "__main__":
    main()
