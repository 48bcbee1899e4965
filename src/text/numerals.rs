//! Whole numbers in digits or in a language's numerals.

use serde::Deserialize;

/// The characters a language writes numbers with, beside 0 to 9.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numerals {
    /// Each digit's characters, by its value.
    digits: std::collections::BTreeMap<String, String>,
    /// Each unit's characters, by its value.
    units: std::collections::BTreeMap<String, String>,
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
        let find = |table: &std::collections::BTreeMap<String, String>| {
            table.iter().find(|(_, chars)| chars.contains(c)).and_then(|(value, _)| value.parse().ok())
        };
        find(&self.digits).map(Numeral::Digit).or_else(|| find(&self.units).map(Numeral::Unit))
    }

    /// Whether a number may start or go on with `c`.
    pub fn has(&self, c: char) -> bool {
        self.read(c).is_some()
    }

    /// The number at the start of `text`: its value and length in bytes. Digits alone are read by place
    /// (2005, and the same in numerals), numerals with units by value.
    pub fn parse(&self, text: &str) -> Option<(u64, usize)> {
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
