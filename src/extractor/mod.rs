//! The pipeline: from a document to what it says.

mod explain;
mod prove;
mod records;

use std::path::Path;
use std::sync::Arc;

use crate::document::Document;
use crate::fact::{self, Fact};
use crate::graph::Records;
use crate::mention::{self, Scan};
use crate::problem::Problem;
use crate::reference::{self, Resolved};
use crate::rules::{LanguageRules, Pack, RuleSet};
use crate::schema::{ClassId, Schema};
use crate::text::Text;

pub use explain::{
    Candidate, Choice, Explanation, FactTrace, Found, MentionTrace, Origin, Silence, Slot, Step, Who, Words,
};
pub use prove::Failure;

/// Rules, ready to run over documents; shared between threads.
pub struct Extractor {
    set: RuleSet,
    /// The class of each entry of the lexicon.
    classes: Arc<[ClassId]>,
}

/// Everything that was found out about a document, before it is written down.
pub struct Analysis<'a> {
    /// The rules of the document's language.
    pub rules: &'a LanguageRules,
    /// The text and its units.
    pub text: Text,
    /// The mentions and what they stand for.
    pub resolved: Resolved,
    /// The facts.
    pub facts: Vec<Fact>,
    /// What the one pass over the text woke.
    pub scan: Scan,
}

impl Extractor {
    /// With the rules that are built in.
    ///
    /// # Errors
    /// Every error in the rules.
    pub fn embedded() -> Result<Self, Vec<Problem>> {
        Self::new(&Pack::embedded())
    }

    /// With the rules of a folder laid over those that are built in.
    ///
    /// # Errors
    /// A file that can't be read, or every error in the rules.
    pub fn load(dir: &Path) -> Result<Self, Vec<Problem>> {
        Self::new(&Pack::embedded().overlay(dir).map_err(|problem| vec![problem])?)
    }

    /// With the rules of a pack.
    ///
    /// # Errors
    /// Every error in the rules.
    pub fn new(pack: &Pack) -> Result<Self, Vec<Problem>> {
        let set = RuleSet::read(pack)?;
        let classes = set.lexicon.entries.iter().map(|entry| entry.class).collect();
        Ok(Self { set, classes })
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.set
    }

    /// The classes and predicates.
    pub fn schema(&self) -> &Schema {
        &self.set.schema
    }

    /// What one document says.
    pub fn extract(&self, document: &Document) -> Records {
        records::write(document, &self.set, &self.analyse(document, &[]))
    }

    /// The same, with everything that led to it. `parties` are lexicon ids of parties known beforehand.
    pub fn analyse(&self, document: &Document, parties: &[String]) -> Analysis<'_> {
        let rules = self.language(&document.text);
        let text = Text::read(&document.text, &self.set.folder, &rules.language);
        let (lattice, scan) = mention::find(&text, &self.set, rules, self.classes.clone());
        let mut resolved = reference::resolve(&text, &self.set, rules, lattice, &scan, parties);
        let facts = fact::find(&text, &self.set, rules, &mut resolved, &scan);
        Analysis { rules, text, resolved, facts, scan }
    }

    /// The rules of the language that most letters of a text belong to.
    fn language(&self, text: &str) -> &LanguageRules {
        let letters =
            |rules: &LanguageRules| text.chars().take(4000).filter(|&c| rules.language.letters.has(c)).count();
        let mut best = &self.set.languages[0];
        let mut most = letters(best);
        for rules in &self.set.languages[1..] {
            let count = letters(rules);
            if count > most {
                (best, most) = (rules, count);
            }
        }
        best
    }

    /// How many names and anchors one pass over a text finds: the measure that the whole chain is compared with.
    pub fn bare_scan(&self, text: &str) -> usize {
        let automaton = self.language(text).vocabulary.automaton.as_ref();
        automaton.map_or(0, |automaton| automaton.find_overlapping_iter(text).count())
    }
}
