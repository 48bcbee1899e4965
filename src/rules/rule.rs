//! Rules as they run: everything that can fail has been checked.

use std::collections::BTreeMap;

use super::program::{Program, RoleId};
use super::written::FullExample;
use crate::problem::Place;
use crate::schema::{ClassId, ClassSet, PredicateId};
use crate::text::CharSet;

/// Where a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Each sentence.
    Sentence,
    /// Each clause.
    Clause,
    /// Each paragraph.
    Paragraph,
    /// The lines of the title.
    Title,
    /// The lines of the signatures.
    Signature,
    /// The whole text.
    Document,
    /// Inside each mention of one of these classes.
    Inside(ClassSet),
}

/// What a rule's matches stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Something of its own, named by its text or its name template.
    Own,
    /// The same as a role.
    Same(RoleId),
    /// Several: the roles given in [`Rule::members`].
    Roles,
    /// Several: the parties of the document.
    Parties,
    /// The document itself.
    Document,
    /// Several: the members of a role, as the document lists them.
    MembersOf(RoleId),
}

/// A part of a fact as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// What a role stands for.
    Role(RoleId),
    /// Whom that speaks for or belongs to.
    Of(RoleId),
    /// The mention itself, or the one that the rule looks inside.
    Itself,
    /// Whom the mention itself speaks for or belongs to.
    OfItself,
    /// The document.
    Document,
    /// The parties of the document.
    Parties,
    /// The last sides spoken of, else the parties.
    Sides,
    /// These words.
    Words(String),
}

/// A fact as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactTemplate {
    /// Its subject.
    pub subject: Term,
    /// Its predicate.
    pub predicate: PredicateId,
    /// Its object.
    pub object: Term,
    /// Its qualifiers.
    pub qualifiers: Vec<(String, Term)>,
}

/// A piece of a template for a name or normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// The normal form of a role, a number plus `add` or divided by `divide`.
    Role {
        /// The role.
        role: RoleId,
        /// Added to a number.
        add: i64,
        /// What a number is then divided by.
        divide: u64,
    },
    /// The year that the context gives.
    Year,
}

/// What must not stand at the edge of a match.
#[derive(Clone, Debug)]
pub enum Edge {
    /// A text in small letters.
    Text(Box<str>),
    /// A character of a set.
    Set(CharSet),
}

impl Edge {
    /// Whether `text` ends with it.
    pub fn ends(&self, text: &str) -> bool {
        match self {
            Self::Text(edge) => text.ends_with(&**edge),
            Self::Set(set) => text.chars().next_back().is_some_and(|c| set.has(c)),
        }
    }

    /// Whether `text` begins with it.
    pub fn starts(&self, text: &str) -> bool {
        match self {
            Self::Text(edge) => text.starts_with(&**edge),
            Self::Set(set) => text.chars().next().is_some_and(|c| set.has(c)),
        }
    }
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Where it is written.
    pub place: Place,
    /// Where it looks.
    pub unit: Unit,
    /// Its patterns as written.
    pub patterns: Vec<String>,
    /// Its patterns as run, in the same order.
    pub programs: Vec<Program>,
    /// Its roles by number.
    pub roles: Vec<String>,
    /// The class of the mentions it makes.
    pub makes: Option<ClassId>,
    /// The role that the mention covers; the whole match when none.
    pub at: Option<RoleId>,
    /// What its mentions stand for.
    pub standing: Standing,
    /// The roles of a plural.
    pub members: Vec<RoleId>,
    /// The role whose referent it belongs to or speaks for.
    pub of: Option<Term>,
    /// A plural that holds only of parties.
    pub among_parties: bool,
    /// The name of what is made.
    pub name: Vec<Piece>,
    /// The normal form of what is made.
    pub value: Vec<Piece>,
    /// Attributes of what is made.
    pub attributes: BTreeMap<String, Vec<Piece>>,
    /// Roles that stay mentions inside it.
    pub keeps: Vec<RoleId>,
    /// Only ever a part of other matches.
    pub part: bool,
    /// (what has members, its members).
    pub lists: Option<(RoleId, RoleId)>,
    /// (new name, what it names).
    pub defines: Option<(RoleId, RoleId)>,
    /// Who the parties are.
    pub parties: Option<RoleId>,
    /// What a match says.
    pub facts: Vec<FactTemplate>,
    /// What unfilled roles stand for.
    pub default: Vec<(RoleId, Term)>,
    /// What must not stand right before.
    pub not_after: Vec<Edge>,
    /// What must not stand right after.
    pub not_before: Vec<Edge>,
    /// Rules that it replaces, by number.
    pub overrides: Vec<usize>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Characters of literal text in its longest pattern, for conflicts.
    pub literal: usize,
    /// Texts in which it must be used.
    pub yes: Vec<FullExample>,
    /// Texts in which it must not.
    pub no: Vec<FullExample>,
}

/// A kind of position.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its name.
    pub id: String,
    /// Where it is written.
    pub place: Place,
    /// The predicate of its facts.
    pub predicate: PredicateId,
    /// What follows may be a clause of its own.
    pub complement: bool,
    /// Its triggers only take the place of one right before them.
    pub chained: bool,
    /// The form of its triggers, which must agree with that of the trigger before when no holder stands there.
    pub form: Option<String>,
    /// What shows a trigger to be something else.
    pub unless: Vec<Program>,
    /// Texts in which it must be found.
    pub yes: Vec<FullExample>,
    /// Texts in which it must not.
    pub no: Vec<FullExample>,
}

/// How the clauses of positions are built.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The holder at the start of a clause.
    pub holder: Program,
    /// The role of the holder.
    pub who: RoleId,
    /// Between holder and trigger.
    pub lead: Program,
    /// Between a trigger and one that takes its place.
    pub chain: Program,
    /// Between two triggers that share their words.
    pub coordination: Program,
    /// After which a trigger may stand as at the start of a clause.
    pub joins: Program,
    /// Before the trigger: what the position is about.
    pub before: Program,
    /// The role of what it is about.
    pub what: RoleId,
    /// All triggers: list of words with the number of their act as normal form.
    pub triggers: usize,
}
