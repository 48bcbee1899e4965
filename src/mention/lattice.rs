//! The lattice: all mentions of a text, by where they start.

use std::collections::BTreeMap;

use super::filling::Match;
use crate::rules::EntryId;
use crate::schema::ClassId;
use crate::span::Span;

/// What found a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finder {
    /// A name of the lexicon.
    Lexicon(EntryId),
    /// A rule, by number.
    Rule(usize),
    /// A name that the document itself gives, by the rule that read it.
    Document(usize),
}

/// What a mention stands for, as far as its own words tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One of these entries, best first.
    Entries(Vec<EntryId>),
    /// Something of this name.
    Name(String),
    /// The same as another mention.
    Same(usize),
    /// Several together: a pair of abbreviations, a list that the document gave a name to.
    Several(Vec<Reference>),
    /// The parties of the document.
    Parties,
    /// The document itself.
    Document,
    /// The members of what a mention stands for, as the document lists them.
    MembersOf(usize),
    /// A normal form: a date.
    Value(String),
    /// Words that look like a normal form but are none (30 February).
    Impossible(String),
}

/// One of several that a plural stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// What a mention stands for.
    Mention(usize),
    /// One of these entries, best first.
    Entries(Vec<EntryId>),
}

/// A stretch of text with a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Bytes of the folded text.
    pub span: Span,
    /// Its class.
    pub class: ClassId,
    /// What found it.
    pub finder: Finder,
    /// What it stands for.
    pub meaning: Meaning,
    /// Whom it belongs to or speaks for.
    pub of: Option<usize>,
    /// Attributes in normal form.
    pub attributes: BTreeMap<String, String>,
    /// The match it was made from.
    pub parts: Option<Match>,
    /// How much of it is literal text of the rule, in characters.
    pub literal: usize,
    /// Only ever a part of others.
    pub part: bool,
    /// From the year of the context, not its own.
    pub inferred: bool,
}

/// How a mention stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On its own: facts see it.
    Outer,
    /// Inside another that keeps it: it is a mention, but only the outer one plays a role.
    Kept,
    /// Inside another, or dropped: it is none.
    Hidden,
}

/// All mentions of a text. Their numbers never change.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// Mentions by number.
    pub mentions: Vec<Mention>,
    /// The class of each entry of the lexicon, by number.
    pub classes: std::sync::Arc<[ClassId]>,
    /// Numbers of the mentions that rules see, by start, the longest first.
    order: Vec<u32>,
}

impl Lattice {
    /// A lattice without mentions.
    pub fn new(classes: std::sync::Arc<[ClassId]>) -> Self {
        Self { classes, ..Self::default() }
    }

    /// Makes the mentions that pass visible to rules, and no others.
    pub fn show(&mut self, passes: impl Fn(usize, &Mention) -> bool) {
        let mentions = &self.mentions;
        self.order.clear();
        self.order
            .extend((0..mentions.len()).filter(|&index| passes(index, &mentions[index])).map(|index| index as u32));
        self.order.sort_by_key(|&index| {
            let span = mentions[index as usize].span;
            (span.start, std::cmp::Reverse(span.end), index)
        });
    }

    /// The visible mentions that start at a byte, the longest first.
    pub fn starting_at(&self, at: u32) -> &[u32] {
        let from = self.order.partition_point(|&index| self.mentions[index as usize].span.start < at);
        let rest = &self.order[from..];
        let count = rest.iter().take_while(|&&index| self.mentions[index as usize].span.start == at).count();
        &rest[..count]
    }

    /// The visible mentions that start in a span, by start.
    pub fn within(&self, unit: Span) -> &[u32] {
        let from = self.order.partition_point(|&index| self.mentions[index as usize].span.start < unit.start);
        let to = self.order.partition_point(|&index| self.mentions[index as usize].span.start < unit.end);
        &self.order[from..to]
    }

    /// All visible mentions, by start.
    pub fn visible(&self) -> &[u32] {
        &self.order
    }
}

impl Mention {
    /// Whether a mention, by number, is one of its parts or a part of these.
    pub fn is_made_of(&self, part: usize, mentions: &[Mention]) -> bool {
        let parts = self.parts.iter().flat_map(|one| &one.roles);
        parts.into_iter().any(|(_, filling)| match filling {
            super::Filling::Mention(index) => *index == part || mentions[*index].is_made_of(part, mentions),
            _ => false,
        })
    }
}
