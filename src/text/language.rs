//! What a language folder says about how its texts are cut: `language.toml`.

use std::collections::{BTreeMap, HashMap};

use regex::RegexSet;
use serde::Deserialize;

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
}

impl CharSet {
    /// Makes the stops quick to look up; to be called once.
    pub fn prepare(mut self) -> Self {
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
    /// Regular expressions for the number of an article or item at the head of a paragraph.
    #[serde(with = "regexes", default = "regexes::none")]
    pub items: RegexSet,
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
}

mod regexes {
    use regex::RegexSet;
    use serde::{Deserialize, Deserializer, de::Error};

    pub(super) fn none() -> RegexSet {
        RegexSet::empty()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RegexSet, D::Error> {
        let patterns = Vec::<String>::deserialize(deserializer)?;
        RegexSet::new(patterns).map_err(D::Error::custom)
    }
}
