//! What a language folder says about how its texts are cut: `language.toml`.

use std::collections::{BTreeMap, HashSet};

use regex::Regex;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::Numerals;

/// A pair of marks and the class that the text between them gets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkPair {
    /// The opening mark.
    pub open: char,
    /// The closing mark.
    pub close: char,
    /// The structural class of what stands between.
    pub class: String,
}

/// The words that join the members of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListWords {
    /// Between members.
    pub separators: Vec<String>,
    /// Between members, usually before the last.
    pub conjunctions: Vec<String>,
    /// Words that may stand before a member (articles).
    pub skips: Vec<String>,
}

/// A named set of characters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CharSet {
    /// Characters, and ranges written `a-z`.
    pub of: String,
    /// Characters that are left out again.
    pub without: String,
    /// Words that no character of a run may begin.
    pub stops: Vec<String>,
}

impl CharSet {
    /// The length in bytes of the character at the start of `text`, if it is in the set and begins no stop.
    pub fn first(&self, text: &str) -> Option<usize> {
        let c = text.chars().next().filter(|&c| self.has(c))?;
        (!self.stops.iter().any(|stop| text.starts_with(stop.as_str()))).then_some(c.len_utf8())
    }

    /// Whether `c` is in the set.
    pub fn has(&self, c: char) -> bool {
        in_ranges(&self.of, c) && !in_ranges(&self.without, c)
    }
}

fn in_ranges(written: &str, c: char) -> bool {
    let mut rest = written.chars().peekable();
    while let Some(low) = rest.next() {
        let mut high = low;
        if rest.peek() == Some(&'-') {
            rest.next();
            match rest.next() {
                Some(last) => high = last,
                None => return c == low || c == '-',
            }
        }
        if (low..=high).contains(&c) {
            return true;
        }
    }
    false
}

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
        let inside = matches!(c, '-' | '\'' | '&') && at > 0 && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !inside {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// A language's way of writing, as its folder declares it. Characters are given as they are after folding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// BCP 47.
    pub code: String,
    /// Its letters; the language of a text is the one that most of its letters belong to.
    pub letters: CharSet,
    /// Characters that end a sentence.
    pub sentence_ends: String,
    /// Characters that end a clause.
    pub clause_ends: String,
    /// Characters that stay with the sentence before them.
    pub closers: String,
    /// Paired marks.
    pub marks: Vec<MarkPair>,
    /// Words stand apart: literals and names match whole words only, gaps count words, and a line that goes on in the
    /// next is joined with it.
    #[serde(default)]
    pub spaced: bool,
    /// A small letter in rules and names stands for the capital too; a capital stands for itself alone.
    #[serde(default)]
    pub ignore_case: bool,
    /// Words whose full stop ends no sentence, without that stop.
    #[serde(default)]
    pub abbreviations: HashSet<String>,
    /// Regular expressions for the number of an article or item at the head of a paragraph.
    #[serde(deserialize_with = "regexes", default)]
    pub items: Vec<Regex>,
    /// The longest line, in characters, that may belong to the title or the signatures.
    pub line_length: usize,
    /// Lists.
    #[serde(default)]
    pub list: ListWords,
    /// Numbers in words.
    #[serde(default)]
    pub numerals: Numerals,
    /// Separators inside a name: what follows the last may stand for the whole.
    #[serde(default)]
    pub name_parts: String,
    /// Words inside names that make no difference (government).
    #[serde(default)]
    pub name_noise: Vec<String>,
    /// Named sets of characters that rules use as `[name]`.
    #[serde(default)]
    pub chars: BTreeMap<String, CharSet>,
    /// Named shapes of words that rules use as `[name]`.
    #[serde(default)]
    pub shapes: BTreeMap<String, Shape>,
}

impl Language {
    /// Whether a character is written as part of a word that must not be cut.
    pub fn joins(&self, c: char) -> bool {
        self.spaced && c.is_alphabetic()
    }

    /// Whether a stretch of `text` cuts no word: letters at its ends have no letters as neighbours outside.
    pub fn is_whole(&self, text: &str, start: usize, end: usize) -> bool {
        let inside = &text[start..end];
        let joined = |a: Option<char>, b: Option<char>| a.is_some_and(|c| self.joins(c)) && b.is_some_and(|c| self.joins(c));
        !self.spaced || !joined(text[..start].chars().next_back(), inside.chars().next()) && !joined(inside.chars().next_back(), text[end..].chars().next())
    }
}

fn regexes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Regex>, D::Error> {
    let patterns = Vec::<String>::deserialize(deserializer)?;
    patterns.iter().map(|pattern| Regex::new(pattern).map_err(D::Error::custom)).collect()
}
