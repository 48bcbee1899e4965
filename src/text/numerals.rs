//! Whole numbers in digits or in a language's numerals.

use serde::Deserialize;

/// The characters a language writes numbers with, beside 0 to 9.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numerals {
    /// Each digit's characters, as `"0" = "零〇"`.
    digits: std::collections::BTreeMap<String, String>,
    /// Each unit's characters, as `"10" = "十"`.
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
}
