//! Literals: dates with their datatype, texts with their language.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, LiteralRef, NamedNodeRef};

use super::terms;

/// A date in EDTF, as the plainest datatype that holds it.
pub(super) fn date(edtf: &str) -> LiteralRef<'_> {
    LiteralRef::new_typed_literal(edtf, datatype(edtf))
}

/// A text in the language of `tag`, if that is a language.
pub(super) fn text<'a>(value: &'a str, tag: Option<&'a str>) -> LiteralRef<'a> {
    match tag {
        Some(tag) => LiteralRef::new_language_tagged_literal_unchecked(value, tag),
        None => LiteralRef::new_simple_literal(value),
    }
}

/// The tag in lower case, as RDF compares it; `None` when it is no language tag.
pub(super) fn language(tag: &str) -> Option<String> {
    let literal = Literal::new_language_tagged_literal("", tag).ok()?;
    literal.language().map(str::to_ascii_lowercase)
}

fn datatype(edtf: &str) -> NamedNodeRef<'static> {
    let parts: Vec<&str> = edtf.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers: Option<Vec<u32>> = parts.into_iter().map(number).collect();
    match (numbers.as_deref(), lengths.as_slice()) {
        (Some(&[year, month, day]), [4, 2, 2]) if is_day(year, month, day) => xsd::DATE,
        (Some(&[year, month]), [4, 2]) if is_day(year, month, 1) => xsd::G_YEAR_MONTH,
        (Some(&[year]), [4]) if year > 0 => xsd::G_YEAR,
        _ => terms::EDTF,
    }
}

fn number(part: &str) -> Option<u32> {
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_get_the_datatype_that_fits() {
        for (edtf, wanted) in [
            ("2005-07-04", xsd::DATE),
            ("2000-02-29", xsd::DATE),
            ("1900-02-29", terms::EDTF),
            ("2005-07", xsd::G_YEAR_MONTH),
            ("2005-21", terms::EDTF),
            ("2005", xsd::G_YEAR),
            ("0000", terms::EDTF),
            ("199X", terms::EDTF),
            ("2003/2008", terms::EDTF),
            ("2005-07-03/2005-07-04", terms::EDTF),
            ("2005-7-4", terms::EDTF),
            ("二〇〇五", terms::EDTF),
            ("", terms::EDTF),
        ] {
            assert_eq!(datatype(edtf), wanted, "{edtf}");
        }
    }

    #[test]
    fn only_language_tags_are_languages() {
        assert_eq!(language("zh-Hans").as_deref(), Some("zh-hans"));
        for odd in ["", "a", "z h", "1a", "zh-", "zh_CN", "中"] {
            assert_eq!(language(odd), None, "{odd}");
        }
    }
}
