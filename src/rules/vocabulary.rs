//! The vocabulary: every name of the lexicon and every anchor of a rule in one automaton.

use std::collections::{BTreeMap, HashMap};

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::lexicon::{EntryId, Lexicon};
use super::program::WordList;
use super::rule::Rule;
use super::text::Pinned;
use crate::schema::{ClassId, ClassSet};
use crate::text::{Folder, Language};

/// What a text in the automaton stands for.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// What it is a name of.
    pub names: Vec<Named>,
    /// Numbers of the rules that it wakes.
    pub rules: Vec<u32>,
    /// It opens a position.
    pub trigger: bool,
}

/// The entries of a class that have a name in common, best first.
#[derive(Clone, Debug)]
pub struct Named {
    /// Their class.
    pub class: ClassId,
    /// The entries.
    pub entries: Vec<EntryId>,
    /// Its capitals and ends.
    pub form: Pinned,
    /// Only ever a part of others (an adjective).
    pub part: bool,
}

/// Short forms and the entries they may stand for.
#[derive(Clone, Debug, Default)]
pub struct Short {
    forms: HashMap<Box<str>, Vec<EntryId>>,
    /// Whether a form may begin with a character of the Basic Multilingual Plane.
    first: Vec<u64>,
    longest: usize,
}

impl Short {
    /// Whether a form may begin with `c`.
    pub fn may_start(&self, c: char) -> bool {
        self.first.get(c as usize >> 6).is_some_and(|word| word & (1 << (c as u32 & 63)) != 0)
    }

    /// The forms at the start of `text`, longest first: length in bytes and the entries, best first.
    pub fn starting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a [EntryId])> {
        let mut ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest).collect();
        ends.reverse();
        ends.into_iter().filter_map(|end| Some((end, self.forms.get(&text[..end])?.as_slice())))
    }

    fn add(&mut self, form: &str, entry: EntryId) {
        let Some(first) = form.chars().next() else { return };
        self.first.resize(1024, 0);
        if let Some(word) = self.first.get_mut(first as usize >> 6) {
            *word |= 1 << (first as u32 & 63);
        }
        self.longest = self.longest.max(form.chars().count());
        self.forms.entry(form.into()).or_default().push(entry);
    }
}

/// What the one pass over a text looks for.
pub struct Vocabulary {
    /// Finds the texts; values are places in `targets`.
    pub automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What each text stands for.
    pub targets: Vec<Target>,
    /// Short forms, which the automaton does not look for.
    pub short: Short,
    /// Rules that no text wakes, by number.
    pub unanchored: Vec<u32>,
}

impl Vocabulary {
    pub(super) fn build(
        language: &Language,
        lexicon: &Lexicon,
        folder: &Folder,
        rules: &[Rule],
        triggers: Option<&WordList>,
    ) -> Self {
        let mut texts: BTreeMap<String, Target> = BTreeMap::new();
        let mut short = Short::default();
        let mut order: Vec<EntryId> = (0..lexicon.entries.len() as u32).map(EntryId).collect();
        order.sort_by_key(|&id| (lexicon.entry(id).rank, id));
        for id in order {
            let entry = lexicon.entry(id);
            for (names, part) in [(&entry.names, false), (&entry.adjectives, true)] {
                for name in names.get(&language.code).into_iter().flatten() {
                    let form = Pinned::name(name, folder, language);
                    let target = texts.entry(form.text.to_string()).or_default();
                    match target
                        .names
                        .iter_mut()
                        .find(|named| named.class == entry.class && named.form == form && named.part == part)
                    {
                        Some(named) if named.entries.contains(&id) => {}
                        Some(named) => named.entries.push(id),
                        None => target.names.push(Named { class: entry.class, entries: vec![id], form, part }),
                    }
                }
            }
            for form in entry.short.get(&language.code).into_iter().flatten() {
                short.add(&folder.fold_name(form), id);
            }
        }
        let mut unanchored = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            for program in &rule.programs {
                if program.anchors.is_empty() && !unanchored.contains(&(index as u32)) {
                    unanchored.push(index as u32);
                }
                for anchor in &program.anchors {
                    let target = texts.entry(anchor.clone()).or_default();
                    if !target.rules.contains(&(index as u32)) {
                        target.rules.push(index as u32);
                    }
                }
            }
        }
        for (word, _) in triggers.into_iter().flat_map(|list| &list.words) {
            texts.entry(word.text.to_string()).or_default().trigger = true;
        }
        texts.remove("");
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(texts.keys().zip(0_u32..));
        Self { automaton: automaton.ok(), targets: texts.into_values().collect(), short, unanchored }
    }

    /// The classes that a name may have.
    pub fn classes(&self, target: usize) -> ClassSet {
        self.targets[target].names.iter().fold(ClassSet::default(), |set, named| set.with(named.class))
    }
}
