//! What one file says of one document, in the form in which two of them are compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::graph::{Evidence, Qualifier, Records, Value};
use crate::problem::Problem;
use crate::schema::Schema;

use super::place::Source;
use super::words::{Name, normal};

/// What one file, gold or extracted, says of one document.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The document's name: its file's name without its ending.
    pub name: String,
    /// What is doubtful in the file, with its place.
    pub warnings: Vec<Problem>,
    pub(super) source: Option<Source>,
    pub(super) things: Vec<Thing>,
    pub(super) claims: Vec<Claim>,
    index: HashMap<String, usize>,
}

/// An entity.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) id: String,
    pub(super) class: String,
    pub(super) is_a: BTreeSet<String>,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) names: BTreeMap<String, Name>,
    pub(super) proofs: Vec<Proof>,
}

/// A fact of one subject (or of sides together) and one object.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) predicate: String,
    pub(super) subject: Subject,
    pub(super) object: String,
    /// The object in normal form, for positions.
    pub(super) words: Vec<char>,
    pub(super) about: BTreeSet<String>,
    pub(super) qualifiers: BTreeMap<String, Vec<String>>,
    pub(super) proofs: Vec<Proof>,
}

/// Of whom or what a fact is stated, by id.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    One(String),
    Sides(BTreeSet<String>),
}

/// Where something is said: the words, and the first code point and the rule where they are known.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub(super) start: Option<u64>,
    pub(super) text: String,
    pub(super) rule: String,
}

/// A fact as files write it, perhaps of several subjects and objects.
pub(super) struct Said {
    pub(super) predicate: String,
    pub(super) subjects: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) qualifiers: BTreeMap<String, Vec<String>>,
    pub(super) proofs: Vec<Proof>,
}

impl Reading {
    /// What was extracted from the document of this name.
    pub fn of_records(schema: &Schema, name: &str, records: &Records) -> Self {
        let mut reading = Self::new(name);
        for entity in &records.entities {
            let labels = entity.labels.values().map(String::as_str);
            reading.add_thing(Thing {
                id: entity.id.clone(),
                class: entity.class.clone(),
                is_a: entity.is_a.iter().chain([&entity.class]).cloned().collect(),
                name: entity.name.clone(),
                code: entity.code.clone(),
                names: names([entity.name.as_str()].into_iter().chain(labels), &entity.mentions, |m| &m.text),
                proofs: entity.mentions.iter().map(Proof::of).collect(),
            });
        }
        for fact in &records.facts {
            let values = |qualifier: &Qualifier| qualifier.values().iter().map(plain).collect();
            let said = Said {
                predicate: fact.predicate.clone(),
                subjects: vec![fact.subject.clone()],
                objects: vec![plain(&fact.object)],
                qualifiers: fact.qualifiers.iter().map(|(name, q)| (name.clone(), values(q))).collect(),
                proofs: fact.evidence.iter().map(Proof::of).collect(),
            };
            reading.add_claims(schema, said);
        }
        reading
    }

    /// The same with the document's text, in which places are found; `file` names it.
    pub fn with_text(mut self, file: &str, text: String) -> Self {
        self.source = Some(Source { file: file.into(), text });
        self
    }

    pub(super) fn new(name: &str) -> Self {
        let (warnings, things, claims) = Default::default();
        Self { name: name.into(), warnings, source: None, things, claims, index: HashMap::new() }
    }

    /// Adds an entity; one of the same id is replaced.
    pub(super) fn add_thing(&mut self, thing: Thing) {
        match self.index.get(&thing.id) {
            Some(&at) => self.things[at] = thing,
            None => {
                self.index.insert(thing.id.clone(), self.things.len());
                self.things.push(thing);
            }
        }
    }

    /// Adds a fact for each subject and object; sides stay together.
    pub(super) fn add_claims(&mut self, schema: &Schema, said: Said) {
        let predicate = schema.predicate_id(&said.predicate).map(|id| schema.predicate(id));
        let together = predicate.and_then(|p| p.together.as_ref());
        let is_position = predicate.is_some_and(|p| schema.is_position(p));
        let others = together.and_then(|others| said.qualifiers.get(others));
        let subjects = match together {
            Some(_) => {
                vec![Subject::Sides(said.subjects.into_iter().chain(others.into_iter().flatten().cloned()).collect())]
            }
            None => said.subjects.into_iter().map(Subject::One).collect(),
        };
        let about: BTreeSet<String> = said.qualifiers.get("about").into_iter().flatten().cloned().collect();
        for subject in subjects {
            for object in &said.objects {
                self.claims.push(Claim {
                    predicate: said.predicate.clone(),
                    subject: subject.clone(),
                    object: object.clone(),
                    words: if is_position { normal(object).chars().collect() } else { Vec::new() },
                    about: about.clone(),
                    qualifiers: said.qualifiers.clone(),
                    proofs: said.proofs.clone(),
                });
            }
        }
    }

    pub(super) fn at(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// An entity's name for its id; anything else stands for itself.
    fn show(&self, value: &str) -> String {
        self.at(value).map_or(value, |at| &self.things[at].name).to_owned()
    }

    /// A fact in words: subject | predicate | object, and its qualifiers.
    pub(super) fn say(&self, claim: &Claim) -> String {
        let subject = match &claim.subject {
            Subject::One(id) => self.show(id),
            Subject::Sides(ids) => ids.iter().map(|id| self.show(id)).collect::<Vec<_>>().join(" + "),
        };
        let mut said = format!("{subject} | {} | {}", claim.predicate, self.show(&claim.object));
        for (name, values) in &claim.qualifiers {
            let values: Vec<_> = values.iter().map(|value| self.show(value)).collect();
            said.push_str(&format!("  {name}={}", values.join(" + ")));
        }
        said
    }
}

/// The names of an entity in normal form, from its labels and its mentions.
pub(super) fn names<'a, M>(
    labels: impl Iterator<Item = &'a str>,
    mentions: &'a [M],
    text: impl Fn(&'a M) -> &'a str,
) -> BTreeMap<String, Name> {
    let written: BTreeSet<&str> = labels.chain(mentions.iter().map(text)).collect();
    written.into_iter().filter_map(Name::read).map(|name| (name.normal.clone(), name)).collect()
}

impl Proof {
    fn of(evidence: &Evidence) -> Self {
        Self { start: Some(evidence.start), text: evidence.text.clone(), rule: evidence.rule.clone() }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Entity(plain) | Value::Date(plain) | Value::Text(plain) => plain.clone(),
    }
}
