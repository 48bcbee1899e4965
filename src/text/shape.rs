//! Shapes of whole words, for languages that put spaces between them.

use std::collections::HashSet;

use serde::Deserialize;

/// How a word must begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Initial {
    /// With any letter or digit.
    #[default]
    Any,
    /// With a capital letter.
    Capital,
    /// With a small letter.
    Small,
    /// With a digit.
    Digit,
}

/// A shape of whole words, for languages that put spaces between them; rules use it as `[name]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shape {
    /// How the words begin.
    pub first: Initial,
    /// The most letters in a word; 0 when any number will do.
    pub longest: usize,
    /// Words that are left out, in small letters.
    pub without: HashSet<String>,
}

impl Shape {
    /// The length in bytes of the word of this shape at the start of `text`; `small` is the same text in small letters.
    pub fn starting(&self, text: &str, small: &str) -> Option<usize> {
        let first = text.chars().next()?;
        let fits = match self.first {
            Initial::Any => first.is_alphanumeric(),
            Initial::Capital => first.is_uppercase(),
            Initial::Small => first.is_lowercase(),
            Initial::Digit => first.is_numeric(),
        };
        let length = fits.then(|| word_length(text))?;
        let short = self.longest == 0 || text[..length].chars().count() <= self.longest;
        (short && !self.without.contains(small.get(..length)?)).then_some(length)
    }
}

/// The bytes of the word at the start of `text`: letters and digits, and marks that stand between two of them.
pub fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside =
            matches!(c, '-' | '\'' | '&') && at > 0 && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !inside {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}
