//! What an explanation holds.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::problem::Place;

/// Everything that is known about some words of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Where the words stand.
    pub places: Vec<Place>,
    /// The mentions there, by their start; those that count before hidden ones.
    pub mentions: Vec<MentionTrace>,
    /// The facts read from there.
    pub facts: Vec<FactTrace>,
    /// The sentences there from which no fact was read.
    pub silent: Vec<Silence>,
}

/// Words of the document.
#[derive(Clone, Debug, Serialize)]
pub struct Words {
    /// Where they begin.
    pub place: Place,
    /// As they stand there.
    pub text: String,
}

/// An entity.
#[derive(Clone, Debug, Serialize)]
pub struct Who {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.id)
    }
}

/// Whether a mention counts.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Found {
    /// It stands on its own.
    Outer,
    /// It is a mention inside another, which alone plays roles.
    Kept,
    /// It doesn't count, for this reason.
    Hidden(String),
}

/// What found a mention or read a fact.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase", tag = "by")]
pub enum Origin {
    /// A name of a lexicon.
    Lexicon {
        /// The list.
        list: String,
        /// The entry.
        id: String,
    },
    /// A rule.
    Rule {
        /// Its id.
        id: String,
        /// Where it is written.
        place: Place,
        /// The pattern that matched; all of them where that can't be told.
        patterns: Vec<String>,
    },
    /// A position act.
    Act {
        /// Its id.
        id: String,
        /// Where it is written.
        place: Place,
    },
    /// A name that the document gives.
    Term {
        /// The rule that read it.
        rule: String,
        /// Where the rule is written.
        place: Place,
    },
    /// Paired marks.
    Marks,
}

/// A role of a rule, filled.
#[derive(Clone, Debug, Serialize)]
pub struct Slot {
    /// The role.
    pub role: String,
    /// The words that fill it.
    pub words: Words,
    /// The class of the mention that they are.
    pub class: Option<String>,
    /// Their normal form.
    pub form: Option<String>,
    /// For short forms, the entries that they may stand for.
    pub choice: Option<Choice>,
    /// The entities that they stand for.
    pub entities: Vec<Who>,
}

/// One of several entries that a form may stand for.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Its id, with its list.
    pub id: String,
    /// Its usual name.
    pub name: String,
    /// How often the document names it without doubt.
    pub named: usize,
    /// Whether it is a party of the document.
    pub party: bool,
    /// Its rank; the lowest comes first.
    pub rank: u32,
}

/// The choice among entries.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// The id of the chosen one.
    pub chosen: String,
    /// Why it was.
    pub why: &'static str,
    /// All of them, best first before the document is known.
    pub candidates: Vec<Candidate>,
}

/// A step on the way from words to the entities that they stand for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase", tag = "step")]
pub enum Step {
    /// One of some entries of the lexicon.
    Entry(Choice),
    /// The same as other words.
    Same {
        /// Those words.
        words: Words,
        /// Their class.
        class: String,
    },
    /// Several together.
    Several {
        /// How many.
        members: usize,
    },
    /// The parties of the document.
    Parties {
        /// The parties.
        parties: Vec<Who>,
        /// The rules that told them, each with the words it read; none when they were given.
        told: Vec<(Origin, Words)>,
    },
    /// The document itself.
    Document,
    /// Something of this name.
    Name {
        /// The name as it is compared: without states, marks and noise.
        normal: String,
        /// The codes of the states in it.
        states: Vec<String>,
    },
    /// A normal form.
    Value {
        /// The form.
        form: String,
        /// Whether the year comes from the context.
        inferred: bool,
    },
    /// A normal form that can't be, such as 30 February.
    Impossible {
        /// The form.
        form: String,
    },
}

/// A mention and how it came about.
#[derive(Clone, Debug, Serialize)]
pub struct MentionTrace {
    /// Its words.
    pub words: Words,
    /// Its class.
    pub class: String,
    /// Whether it counts.
    pub found: Found,
    /// What found it.
    pub origin: Origin,
    /// What filled the roles of the rule.
    pub slots: Vec<Slot>,
    /// From the words to what they stand for.
    pub chain: Vec<Step>,
    /// The words of whom it belongs to or speaks for.
    pub of: Option<Words>,
    /// Attributes in normal form.
    pub attributes: BTreeMap<String, String>,
    /// What it stands for.
    pub entities: Vec<Who>,
}

/// A fact and how it came about.
#[derive(Clone, Debug, Serialize)]
pub struct FactTrace {
    /// Its subject.
    pub subject: Who,
    /// Its predicate.
    pub predicate: String,
    /// Its object.
    pub object: String,
    /// Its qualifiers.
    pub qualifiers: Vec<(String, Vec<String>)>,
    /// From 0 to 1.
    pub confidence: f64,
    /// What read it.
    pub origin: Origin,
    /// What filled the roles of the rule.
    pub slots: Vec<Slot>,
    /// The words it was read from.
    pub evidence: Words,
}

/// A sentence without a fact at the words.
#[derive(Clone, Debug, Serialize)]
pub struct Silence {
    /// The sentence.
    pub sentence: Words,
    /// The names of the lexicon in it.
    pub names: Vec<(Words, Origin)>,
    /// The rules that were run on it and did not match.
    pub unmatched: Vec<Origin>,
    /// The rules that matched in it.
    pub matched: Vec<Origin>,
}
