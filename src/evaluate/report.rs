//! What a comparison gives: figures, rules and findings, and their JSON form.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

use crate::problem::{Place, Problem};

use super::figures::{Figures, Mean};

/// The group of facts that are neither positions nor of a predicate with sides.
pub const CORE: &str = "CORE";
/// The group of positions.
pub const POSITIONS: &str = "POSITIONS";
/// Everything of a kind together.
pub const ALL: &str = "ALL";

/// How extractions compare with gold files.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Entities by class.
    pub entities: BTreeMap<String, Figures>,
    /// Facts by predicate.
    pub facts: BTreeMap<String, Figures>,
    /// The gold files' documents, in the order given.
    pub documents: Vec<DocumentFigures>,
    /// What each rule found, by its id.
    pub rules: BTreeMap<String, RuleFigures>,
    /// Misses and false finds, by document and place.
    pub findings: Vec<Finding>,
    /// What is doubtful in the files, and documents without an extraction.
    pub warnings: Vec<Problem>,
}

/// The figures of one document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentFigures {
    /// Its name.
    pub name: String,
    /// Its entities.
    pub entities: Figures,
    /// Its facts by group: [`CORE`], [`POSITIONS`], and each predicate with sides by its name.
    pub groups: BTreeMap<String, Figures>,
}

/// What one rule gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleFigures {
    /// Facts that it is evidence of.
    pub facts: Tally,
    /// Mentions that it made; right are those whose entity and whose words the gold file has too.
    pub mentions: Tally,
}

/// How often something was right and wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How often it was right.
    pub right: usize,
    /// How often it was wrong.
    pub wrong: usize,
}

impl Tally {
    pub(super) fn add(&mut self, is_right: bool) {
        if is_right {
            self.right += 1;
        } else {
            self.wrong += 1;
        }
    }
}

/// Whether something is lacking or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// The gold file has it and the extraction doesn't.
    Missed,
    /// The extraction has it and the gold file doesn't.
    False,
}

/// A miss or a false find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The document's name.
    pub document: String,
    /// Where the evidence stands in the document; only a file where it can't be found.
    pub place: Place,
    /// Whether it is lacking or too much.
    pub kind: FindingKind,
    /// The class of an entity, the predicate of a fact.
    pub of: String,
    /// The entity's name, or the fact as `subject | predicate | object` with its qualifiers.
    pub said: String,
    /// What else is known: the gold class of an entity that was found under another.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The rules that gave it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Whether it is a fact.
    pub fact: bool,
}

impl Report {
    /// All entities together.
    pub fn all_entities(&self) -> Figures {
        total(self.entities.values())
    }

    /// All facts together.
    pub fn all_facts(&self) -> Figures {
        total(self.facts.values())
    }

    /// The facts of a group of [`DocumentFigures::groups`], over all documents.
    pub fn group(&self, name: &str) -> Figures {
        total(self.documents.iter().filter_map(|document| document.groups.get(name)))
    }

    /// The mean F1 of the documents' entities.
    pub fn mean_entities(&self) -> Mean {
        mean(self.documents.iter().map(|document| &document.entities))
    }

    /// The mean F1 of each group over the documents that have any of it.
    pub fn mean_groups(&self) -> BTreeMap<&str, Mean> {
        let names = self.documents.iter().flat_map(|document| document.groups.keys());
        let of = |name: &String| mean(self.documents.iter().filter_map(|document| document.groups.get(name)));
        names.map(|name| (name.as_str(), of(name))).collect()
    }

    /// The JSON form, indented: `scores` under the keys of `kind.name` and `mean.name`, then the rest.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("maps with string keys and finite numbers are JSON")
    }
}

fn total<'a>(all: impl Iterator<Item = &'a Figures>) -> Figures {
    all.fold(Figures::default(), |mut sum, one| {
        sum.add(*one);
        sum
    })
}

fn mean<'a>(all: impl Iterator<Item = &'a Figures>) -> Mean {
    all.fold(Mean::default(), |mut mean, one| {
        mean.add(one.document_f1());
        mean
    })
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 5)?;
        report.serialize_field("scores", &Scores(self))?;
        report.serialize_field("documents", &self.documents)?;
        report.serialize_field("rules", &self.rules)?;
        report.serialize_field("findings", &self.findings)?;
        let warnings: Vec<String> = self.warnings.iter().map(Problem::to_string).collect();
        report.serialize_field("warnings", &warnings)?;
        report.end()
    }
}

struct Scores<'a>(&'a Report);

impl Serialize for Scores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let mut map = serializer.serialize_map(None)?;
        for (class, figures) in &report.entities {
            map.serialize_entry(&format!("entities.{class}"), figures)?;
        }
        map.serialize_entry(&format!("entities.{ALL}"), &report.all_entities())?;
        for (predicate, figures) in &report.facts {
            map.serialize_entry(&format!("facts.{predicate}"), figures)?;
        }
        map.serialize_entry(&format!("facts.{ALL}"), &report.all_facts())?;
        for group in [CORE, POSITIONS] {
            map.serialize_entry(&format!("facts.{group}"), &report.group(group))?;
        }
        map.serialize_entry("mean.entities", &report.mean_entities())?;
        for (group, mean) in report.mean_groups() {
            map.serialize_entry(&format!("mean.{group}"), &mean)?;
        }
        map.end()
    }
}
