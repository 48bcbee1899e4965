//! Matches: what a program found, and what fills the roles of its rule.

use super::lattice::Lattice;
use crate::rules::{EntryId, RoleId};
use crate::span::Span;

/// What a role was filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Filling {
    /// A mention, by number.
    Mention(usize),
    /// A short form: where it stands and the entries it may stand for.
    Short(Span, Vec<EntryId>),
    /// A number.
    Number(Span, u64),
    /// Text, and the normal form of the listed word that it is.
    Text(Span, Option<String>),
}

/// A match: where it lies and what fills the roles, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Bytes of the folded text.
    pub span: Span,
    /// Roles and what fills them; a list fills its role several times.
    pub roles: Vec<(RoleId, Filling)>,
}

impl Match {
    /// What fills a role.
    pub fn fillings(&self, role: RoleId) -> impl Iterator<Item = &Filling> {
        self.roles.iter().filter(move |(other, _)| *other == role).map(|(_, filling)| filling)
    }

    /// The text that a role covers, from the first filling to the last.
    pub fn span_of(&self, role: RoleId, lattice: &Lattice) -> Option<Span> {
        let spans = self.fillings(role).map(|filling| filling.span(lattice));
        spans.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
    }
}

impl Filling {
    /// Where it stands.
    pub fn span(&self, lattice: &Lattice) -> Span {
        match self {
            Self::Mention(index) => lattice.mentions[*index].span,
            Self::Short(span, _) | Self::Number(span, _) | Self::Text(span, _) => *span,
        }
    }
}
