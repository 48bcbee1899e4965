//! What a language folder says about how its texts are cut: `language.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};

use regex::Regex;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::{Numerals, Shape};

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
    /// Words of which no character may be in a run.
    pub stops: Vec<String>,
    /// For each character of a stop, what stands before it and from it on.
    #[serde(skip)]
    around: HashMap<char, Vec<(String, String)>>,
    /// Members in the Basic Multilingual Plane, once prepared.
    #[serde(skip)]
    bits: Vec<u64>,
}

impl CharSet {
    /// Makes members and stops quick to look up; to be called once.
    pub fn prepare(mut self) -> Self {
        let mut bits = vec![0_u64; 1024];
        for (of, keep) in [(&self.of, true), (&self.without, false)] {
            for (low, high) in ranges(of) {
                for code in low as u32..=(high as u32).min(0xFFFF) {
                    let bit = 1_u64 << (code & 63);
                    let word = &mut bits[code as usize >> 6];
                    *word = if keep { *word | bit } else { *word & !bit };
                }
            }
        }
        self.bits = bits;
        for stop in &self.stops {
            for (at, c) in stop.char_indices() {
                self.around.entry(c).or_default().push((stop[..at].to_owned(), stop[at..].to_owned()));
            }
        }
        self
    }

    /// The length in bytes of the character at a byte of `text`, if it is in the set and no part of a stop.
    pub fn first(&self, text: &str, at: usize) -> Option<usize> {
        let (before, here) = text.split_at(at);
        let c = here.chars().next().filter(|&c| self.has(c))?;
        let stops = self.around.get(&c).into_iter().flatten();
        let stopped =
            stops.into_iter().any(|(start, end)| here.starts_with(end.as_str()) && before.ends_with(start.as_str()));
        (!stopped).then_some(c.len_utf8())
    }

    /// A set without stops.
    pub fn plain(of: impl Into<String>, without: impl Into<String>) -> Self {
        Self { of: of.into(), without: without.into(), ..Self::default() }
    }

    /// Whether `c` is in the set.
    pub fn has(&self, c: char) -> bool {
        match self.bits.get(c as usize >> 6) {
            Some(word) => word & (1 << (c as u32 & 63)) != 0,
            None => in_ranges(&self.of, c) && !in_ranges(&self.without, c),
        }
    }
}

/// The ranges that a set is written as, both ends included.
fn ranges(written: &str) -> impl Iterator<Item = (char, char)> {
    let mut rest = written.chars().peekable();
    std::iter::from_fn(move || {
        let low = rest.next()?;
        if rest.next_if_eq(&'-').is_none() {
            return Some((low, low));
        }
        Some((low, rest.next().unwrap_or(low)))
    })
}

fn in_ranges(written: &str, c: char) -> bool {
    ranges(written).any(|(low, high)| (low..=high).contains(&c))
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
    /// Makes its sets of characters quick to ask; to be called once.
    pub fn prepare(mut self) -> Self {
        self.letters = self.letters.prepare();
        self.chars = self.chars.into_iter().map(|(name, set)| (name, set.prepare())).collect();
        self
    }

    /// Whether a character is written as part of a word that must not be cut.
    pub fn joins(&self, c: char) -> bool {
        self.spaced && c.is_alphabetic()
    }

    /// Whether a stretch of `text` cuts no word: letters at its ends have no letters as neighbours outside.
    pub fn is_whole(&self, text: &str, start: usize, end: usize) -> bool {
        let inside = &text[start..end];
        let joined =
            |a: Option<char>, b: Option<char>| a.is_some_and(|c| self.joins(c)) && b.is_some_and(|c| self.joins(c));
        !self.spaced
            || !joined(text[..start].chars().next_back(), inside.chars().next())
                && !joined(inside.chars().next_back(), text[end..].chars().next())
    }
}

fn regexes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Regex>, D::Error> {
    let patterns = Vec::<String>::deserialize(deserializer)?;
    patterns.iter().map(|pattern| Regex::new(pattern).map_err(D::Error::custom)).collect()
}
