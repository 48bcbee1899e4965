//! Numbers written in a language's numerals.

// Helpers of tests may unwrap as tests do.
#![allow(clippy::unwrap_used)]

use pactgraph::text::Numerals;

fn chinese() -> Numerals {
    toml::from_str(
        "digits = { 0 = '零〇', 1 = '一', 2 = '二两', 3 = '三', 5 = '五', 8 = '八', 9 = '九' }\n\
         units = { 10 = '十', 20 = '廿', 100 = '百', 1000 = '千', 10000 = '万' }",
    )
    .unwrap()
}

#[test]
fn numbers_by_place_and_by_value() {
    let cases =
        [("2005年", 2005), ("二〇〇五", 2005), ("十五日", 15), ("二十", 20), ("三千五百", 3500), ("一万二千", 12000)];
    for (text, value) in cases {
        assert_eq!(chinese().parse(text).map(|(value, _)| value), Some(value), "{text}");
    }
    assert_eq!(chinese().parse("年"), None);
}

#[test]
fn numbers_in_words() {
    let english: Numerals = toml::from_str(
        "words = { one = 1, two = 2, four = 4, fifteenth = 15, nineteen = 19, ninety = 90 }\n\
         multipliers = { hundred = 100, thousand = 1000 }\njoins = [' and ', '-', ' ']\nendings = ['st', 'nd', 'rd', 'th']",
    )
    .unwrap();
    let cases = [
        ("one thousand nineteen day", 1019, 21),
        ("two thousand and four", 2004, 21),
        ("nineteen hundred and ninety-four", 1994, 32),
        ("nineteen ninety-four", 1994, 20),
        ("fifteenth day", 15, 9),
        ("15th day", 15, 4),
        ("15 thousand", 15, 2),
    ];
    for (text, value, length) in cases {
        assert_eq!(english.parse(text), Some((value, length)), "{text}");
    }
    assert_eq!(english.parse("day"), None);
}
