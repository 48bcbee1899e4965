//! Whole numbers in digits or in a language's numerals.

use std::collections::HashMap;

use serde::Deserialize;

/// The characters a language writes numbers with, beside 0 to 9.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numerals {
    /// Each digit's characters, as `"0" = "零〇"`.
    digits: std::collections::BTreeMap<String, String>,
    /// Each unit's characters, as `"10" = "十"`.
    units: std::collections::BTreeMap<String, String>,
    /// Words for numbers below a hundred, cardinal and ordinal, as `fifteenth = 15`.
    words: HashMap<String, u64>,
    /// Words that multiply what stands before them, as `hundred = 100`.
    multipliers: HashMap<String, u64>,
    /// What may stand between two words of one number, the longest first.
    joins: Vec<String>,
    /// What may stand right behind digits (15th).
    endings: Vec<String>,
}

enum Numeral {
    Digit(u64),
    Unit(u64),
}

impl Numerals {
    fn read(&self, c: char) -> Option<Numeral> {
        if let Some(digit) = c.to_digit(10) {
            return Some(Numeral::Digit(u64::from(digit)));
        }
        if c.is_ascii() {
            return None;
        }
        let find = |table: &std::collections::BTreeMap<String, String>| {
            table.iter().find(|(_, chars)| chars.contains(c)).and_then(|(value, _)| value.parse().ok())
        };
        find(&self.digits).map(Numeral::Digit).or_else(|| find(&self.units).map(Numeral::Unit))
    }

    /// Whether a number may start or go on with `c`.
    pub fn has(&self, c: char) -> bool {
        self.read(c).is_some()
    }

    /// Whether a number in words may start at `text`.
    pub fn begins(&self, text: &str) -> bool {
        let word = letters(text);
        !word.is_empty() && (self.words.contains_key(word) || self.multipliers.contains_key(word))
    }

    /// A number in words: its value and length in bytes. Two pairs of digits make a year (nineteen ninety-four).
    fn parse_words(&self, text: &str) -> Option<(u64, usize)> {
        let (mut total, mut section, mut at, mut end, mut join) = (0_u64, 0_u64, 0, 0, "");
        for _ in 0..12 {
            let word = letters(&text[at..]);
            match (self.words.get(word), self.multipliers.get(word)) {
                (Some(&value), _) if section % 100 == 0 || section % 10 == 0 && value < 10 => section += value,
                (Some(&value), _) if section < 100 && value >= 10 && join == " " => section = section * 100 + value,
                (Some(_), _) => break,
                (None, Some(&times)) if times >= 1000 => {
                    total = total.saturating_add(section.max(1).saturating_mul(times));
                    section = 0;
                }
                (None, Some(&times)) => section = section.max(1).saturating_mul(times),
                (None, None) => break,
            }
            end = at + word.len();
            match self.joins.iter().find(|join| text[end..].starts_with(join.as_str())) {
                Some(found) => (at, join) = (end + found.len(), found),
                None => break,
            }
        }
        (end > 0).then_some((total.saturating_add(section), end))
    }

    /// The number at the start of `text`: its value and length in bytes, with its ending. Digits alone are read by place
    /// (2005, and the same in numerals), numerals with units by value.
    pub fn parse(&self, text: &str) -> Option<(u64, usize)> {
        if !self.words.is_empty() && text.starts_with(char::is_alphabetic) {
            return self.parse_words(text);
        }
        let (value, length) = self.parse_figures(text)?;
        let ending = self.endings.iter().find(|ending| letters(&text[length..]) == ending.as_str());
        Some((value, length + ending.map_or(0, String::len)))
    }

    fn parse_figures(&self, text: &str) -> Option<(u64, usize)> {
        let (mut by_place, mut total, mut section, mut digit) = (0_u64, 0_u64, 0_u64, None);
        let (mut length, mut has_unit, mut count) = (0, false, 0);
        let ascii = text.starts_with(|c: char| c.is_ascii_digit());
        for c in text.chars() {
            if c.is_ascii_digit() != ascii {
                break;
            }
            match self.read(c) {
                Some(Numeral::Digit(value)) => {
                    by_place = by_place.saturating_mul(10).saturating_add(value);
                    digit = Some(value);
                }
                Some(Numeral::Unit(unit)) => {
                    has_unit = true;
                    let value = digit.take().unwrap_or(u64::from(section == 0 || unit < 10_000));
                    if unit >= 10_000 {
                        total = total.saturating_add(section.saturating_add(value).saturating_mul(unit));
                        section = 0;
                    } else {
                        section = section.saturating_add(value.saturating_mul(unit));
                    }
                }
                None => break,
            }
            length += c.len_utf8();
            count += 1;
            if count > 20 {
                return None;
            }
        }
        let by_value = total.saturating_add(section).saturating_add(digit.unwrap_or(0));
        (length > 0).then_some((if has_unit { by_value } else { by_place }, length))
    }
}

/// The letters at the start of a text.
fn letters(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese() -> Numerals {
        toml::from_str(
            "digits = { 0 = '零〇', 1 = '一', 2 = '二两', 3 = '三', 5 = '五', 8 = '八', 9 = '九' }\n\
             units = { 10 = '十', 20 = '廿', 100 = '百', 1000 = '千', 10000 = '万' }",
        )
        .unwrap()
    }

    #[test]
    fn numbers_by_place_and_by_value() {
        let cases = [("2005年", 2005), ("二〇〇五", 2005), ("十五日", 15), ("二十", 20), ("三千五百", 3500), ("一万二千", 12000)];
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
}
