//! What the graph is made of, as the JSON writes it: documents, entities, facts and their evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// `doc/` and a name made from the file's.
    pub id: String,
    /// The title as the text gives it; empty when it has none.
    pub title: String,
    /// The date that the document states for itself, EDTF; empty when it has none.
    #[serde(default)]
    pub date: String,
    /// The language most of it is in, BCP 47.
    pub language: String,
    /// Where it was read from, as the user named it.
    pub source: String,
}

/// A place where an entity is named or a fact is stated. Offsets count Unicode code points of the text as read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// The document's id.
    pub document: String,
    /// First code point.
    pub start: u64,
    /// The code point after the last.
    pub end: u64,
    /// The text between the two, to the letter.
    pub text: String,
    /// The rule that read it, or `lexicon:` and the list's name.
    pub rule: String,
}

/// The object of a fact, or a qualifier's value: exactly one of the three.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// An entity's id.
    Entity(String),
    /// An EDTF date or interval.
    Date(String),
    /// Words of the text, or a normal form.
    Text(String),
}

/// A qualifier: one value, or a list of them (`about`, `with`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Qualifier {
    /// One value.
    One(Value),
    /// A sorted list.
    Many(Vec<Value>),
}

impl Qualifier {
    /// Its values in order.
    pub fn values(&self) -> &[Value] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

/// A thing that documents speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Made from its class's key; the same in every run.
    pub id: String,
    /// Its class.
    pub class: String,
    /// The class and all above it, nearest first.
    pub is_a: Vec<String>,
    /// The fullest form met.
    pub name: String,
    /// An ISO 3166-1 alpha-2 code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// A usual name in each language, by BCP 47 tag.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// IRIs of the same thing elsewhere.
    #[serde(default)]
    pub same_as: Vec<String>,
    /// Attributes in normal form (`kind`).
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// Every place that names it, in order of document and start.
    pub mentions: Vec<Evidence>,
}

/// A statement that documents make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// `fact/` and a hash of what it says.
    pub id: String,
    /// Its predicate.
    pub predicate: String,
    /// The subject's id.
    pub subject: String,
    /// The object.
    pub object: Value,
    /// Qualifiers by name.
    #[serde(default)]
    pub qualifiers: BTreeMap<String, Qualifier>,
    /// From 0 to 1: the best of its evidence.
    pub confidence: f64,
    /// Every place that states it, in order of document and start.
    pub evidence: Vec<Evidence>,
}
