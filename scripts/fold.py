"""Write rules/common/fold.tsv: traditional Chinese characters and what they fold to, one character each.

    pip install opencc-python-reimplemented
    python scripts/fold.py

The pairs are the first choices of OpenCC's TSCharacters, within the Basic Multilingual Plane, and the forms of
Hong Kong and Taiwan (HKVariants, TWVariants) by way of the character that they are variants of.
"""

from pathlib import Path

import opencc

DICTIONARY = Path(opencc.__file__).resolve().parent / "dictionary"
TARGET = Path(__file__).resolve().parent.parent / "rules" / "common" / "fold.tsv"
COMMENT = "# Traditional to simplified characters, for matching only, from OpenCC's dictionaries. Made by scripts/fold.py, which lists what is left out.\n"

# Left out: these are characters of simplified Chinese too, and folding them would make other words of them
# (乾坤, 哪吒, the surnames 甯 and 麴, 薹, 醣) or take one simplified character to another (薴, 捱, 榘).
# OpenCC itself leaves 著, 藉, 瞭 and 祇 alone, or puts them first among its choices.
EXCLUDED = set("乾吒甯麴薹醣薴捱榘藉著瞭祇")

# Printed forms that OpenCC's dictionaries of characters do not have.
ADDED = {"緖": "绪", "靑": "青", "鄕": "乡", "鬭": "斗", "淸": "清", "敎": "教", "旣": "既", "卽": "即", "吿": "告", "戸": "户", "敍": "叙"}


def first_choices(name):
    """Character -> the first choice of a dictionary file."""
    lines = (DICTIONARY / name).read_text("utf-8").splitlines()
    return {line.split("\t")[0]: line.split("\t")[1].split(" ")[0] for line in lines if "\t" in line}


def is_simplified(char):
    """Whether the character is in GB 2312, the common set of simplified Chinese."""
    return bool(char.encode("gb2312", "ignore"))


def main():
    fold = first_choices("TSCharacters.txt")
    for name in ("HKVariants.txt", "TWVariants.txt"):
        for standard, variant in first_choices(name).items():
            if variant not in fold and not is_simplified(variant):
                fold[variant] = fold.get(standard, standard)
    for char, simplified in ADDED.items():
        fold.setdefault(char, simplified)
    pairs = [(char, to) for char, to in sorted(fold.items())
             if char != to and char not in EXCLUDED and len(char) == len(to) == 1 and max(char, to) <= "\uffff"]
    again = [char for char, to in pairs if to in dict(pairs)]
    assert not again, f"folding twice is not folding once: {again}"
    lines = ["from\tto"] + [f"{char}\t{to}" for char, to in pairs]
    TARGET.write_text(COMMENT + "\n".join(lines) + "\n", "utf-8", newline="\n")
    print(f"{TARGET.name}: {len(pairs)} characters")


if __name__ == "__main__":
    main()
