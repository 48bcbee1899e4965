//! Whole numbers in digits or in a language's numerals.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

/// The characters a language writes numbers with, beside 0 to 9.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numerals {
    /// Each digit's characters, by its value.
    digits: BTreeMap<String, String>,
    /// Each unit's characters, by its value.
    units: BTreeMap<String, String>,
    /// The numerals by character, filled in when first asked for.
    #[serde(skip)]
    known: OnceLock<HashMap<char, Numeral>>,
    /// Words for numbers below a hundred, cardinal and ordinal, as `fifteenth = 15`.
    words: HashMap<String, u64>,
    /// Words that multiply what stands before them, as `hundred = 100`.
    multipliers: HashMap<String, u64>,
    /// What may stand between two words of one number, the longest first.
    joins: Vec<String>,
    /// What may stand right behind digits (15th).
    endings: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
enum Numeral {
    Digit(u64),
    Unit(u64),
}

impl Numerals {
    fn read(&self, c: char) -> Option<Numeral> {
        if let Some(digit) = c.to_digit(10) {
            return Some(Numeral::Digit(u64::from(digit)));
        }
        let known = self.known.get_or_init(|| {
            let table = |table: &BTreeMap<String, String>, numeral: fn(u64) -> Numeral| {
                let rows = table.iter().filter_map(|(value, chars)| Some((numeral(value.parse().ok()?), chars)));
                rows.flat_map(|(numeral, chars)| chars.chars().map(move |c| (c, numeral))).collect::<Vec<_>>()
            };
            let mut all = table(&self.units, Numeral::Unit);
            all.extend(table(&self.digits, Numeral::Digit));
            all.into_iter().collect()
        });
        known.get(&c).copied()
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
            // Zeros among numerals are often typed as the digit or as a letter.
            if c.is_ascii_digit() != ascii && (ascii || c != '0') {
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
