//! Texts of rules and names as they are compared with a document: folded, in small letters where case is ignored, and
//! with what their ends ask for.

use crate::text::{Folder, Language, small};

/// A text to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pinned {
    /// What stands in the text in small letters.
    pub text: Box<str>,
    /// Bytes at which the text must have a capital letter.
    capitals: Box<[u16]>,
    /// No letter may stand before it.
    starts_word: bool,
    /// No letter may stand behind it.
    ends_word: bool,
    /// It holds a line break, which small letters hide.
    broken: bool,
}

impl Pinned {
    /// A text of a rule. Spaces at its ends count where words stand apart.
    pub fn new(written: &str, folder: &Folder, language: &Language) -> Self {
        let mut folded = folder.fold_name(written).into_owned();
        if language.spaced {
            if written.starts_with(' ') {
                folded.insert(0, ' ');
            }
            if written.ends_with(' ') && folded != " " {
                folded.push(' ');
            }
        }
        let text = if language.ignore_case { small(&folded) } else { folded.clone() };
        let capitals = text
            .bytes()
            .zip(folded.bytes())
            .enumerate()
            .filter(|(_, (a, b))| a != b && *b != b'\n')
            .map(|(at, _)| at as u16);
        Self {
            capitals: capitals.collect(),
            starts_word: text.chars().next().is_some_and(|c| language.joins(c)),
            ends_word: text.chars().next_back().is_some_and(|c| language.joins(c)),
            broken: language.ignore_case && folded.contains('\n'),
            text: text.into(),
        }
    }

    /// A name: only the capitals of its first word count, so that it is found in titles and headings of any style.
    pub fn name(written: &str, folder: &Folder, language: &Language) -> Self {
        let mut name = Self::new(written.trim(), folder, language);
        let first = name.text.find(' ').unwrap_or(name.text.len());
        name.capitals = name.capitals.iter().copied().filter(|&at| usize::from(at) < first).collect();
        name
    }

    /// A text compared as it is.
    pub fn plain(text: &str) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether it stands at a byte of a text and ends before another; the text is given as it is and in small letters.
    pub fn stands(&self, cased: &str, small: &str, at: usize, end: usize) -> bool {
        let found = if self.broken {
            cased[at..end].get(..self.text.len()).is_some_and(|found| self.breaks(found))
        } else {
            small[at..end].starts_with(&*self.text)
        };
        found && self.fits(cased, small, at)
    }

    fn breaks(&self, found: &str) -> bool {
        let fits = |(a, b): (u8, u8)| a == b.to_ascii_lowercase() || a == b' ' && b == b'\n';
        found.contains('\n') && self.text.bytes().zip(found.bytes()).all(fits)
    }

    /// Whether its capitals and ends fit where its small letters stand.
    pub fn fits(&self, cased: &str, small: &str, at: usize) -> bool {
        let capital =
            |offset: &u16| cased.as_bytes()[at + usize::from(*offset)] != small.as_bytes()[at + usize::from(*offset)];
        let free = |c: Option<char>| !c.is_some_and(char::is_alphabetic);
        self.capitals.iter().all(capital)
            && (!self.starts_word || free(cased[..at].chars().next_back()))
            && (!self.ends_word || free(cased[at + self.text.len()..].chars().next()))
    }
}
