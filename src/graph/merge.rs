//! Merging records: one entity for an id, one fact for what is said, with the evidence of all.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocumentRecord, Entity, Fact, Qualifier, Records, Value};

/// Merges by id; the result is sorted by id and does not depend on the order of the parts.
pub(super) fn merge(parts: impl IntoIterator<Item = Records>) -> Records {
    let mut documents: BTreeMap<String, DocumentRecord> = BTreeMap::new();
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for part in parts {
        for document in part.documents {
            documents.entry(document.id.clone()).or_insert(document);
        }
        for entity in part.entities {
            match entities.get_mut(&entity.id) {
                Some(known) => join_entities(known, entity),
                None => {
                    entities.insert(entity.id.clone(), entity);
                }
            }
        }
        for mut fact in part.facts {
            fact.id = fact_id(&fact);
            match facts.get_mut(&fact.id) {
                Some(known) => join_facts(known, fact),
                None => {
                    facts.insert(fact.id.clone(), fact);
                }
            }
        }
    }
    for entity in entities.values_mut() {
        entity.mentions.sort();
        entity.mentions.dedup();
    }
    for fact in facts.values_mut() {
        fact.evidence.sort();
        fact.evidence.dedup();
    }
    Records {
        documents: documents.into_values().collect(),
        entities: entities.into_values().collect(),
        facts: facts.into_values().collect(),
        ..Records::default()
    }
}

/// The fuller of two names: the longer one, then the first in byte order.
pub fn fuller<'a>(a: &'a str, b: &'a str) -> &'a str {
    let key = |name: &'a str| (std::cmp::Reverse(name.chars().count()), name);
    if key(b) < key(a) { b } else { a }
}

fn join_entities(known: &mut Entity, other: Entity) {
    known.name = fuller(&known.name, &other.name).to_owned();
    if known.class != other.class && other.is_a.len() > known.is_a.len() {
        known.class = other.class;
        known.is_a = other.is_a;
    }
    for (language, label) in other.labels {
        known.labels.entry(language).and_modify(|old| *old = (&*old).min(&label).clone()).or_insert(label);
    }
    let same_as: BTreeSet<String> = known.same_as.drain(..).chain(other.same_as).collect();
    known.same_as = same_as.into_iter().collect();
    for (name, value) in other.attributes {
        known.attributes.entry(name).and_modify(|old| *old = (&*old).min(&value).clone()).or_insert(value);
    }
    known.mentions.extend(other.mentions);
}

/// The facts of one document: one that says less than another of the same subject, predicate and object (its qualifiers
/// are part of the other's) is joined to it, to the first in order where several would do. Gives every fact its id.
pub fn settle(facts: Vec<Fact>) -> Vec<Fact> {
    let mut said: BTreeMap<(String, String, Value), Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        said.entry((fact.subject.clone(), fact.predicate.clone(), fact.object.clone())).or_default().push(fact);
    }
    let mut settled: Vec<Fact> = said.into_values().flat_map(settle_alike).collect();
    settled.sort_by(|a, b| a.id.cmp(&b.id));
    settled
}

fn settle_alike(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| b.qualifiers.len().cmp(&a.qualifiers.len()).then_with(|| a.qualifiers.cmp(&b.qualifiers)));
    let mut joined: Vec<Fact> = Vec::new();
    for fact in facts {
        match joined.iter_mut().find(|known| says_all(known, &fact)) {
            Some(known) => join_facts(known, fact),
            None => joined.push(fact),
        }
    }
    for fact in &mut joined {
        fact.evidence.sort();
        fact.evidence.dedup();
        fact.id = fact_id(fact);
    }
    joined
}

/// Adds what another says to a fact that says it too.
fn join_facts(known: &mut Fact, other: Fact) {
    known.confidence = known.confidence.max(other.confidence);
    for (name, qualifier) in other.qualifiers {
        if let (Some(Qualifier::Many(values)), Qualifier::Many(more)) = (known.qualifiers.get_mut(&name), qualifier) {
            let all: BTreeSet<Value> = values.drain(..).chain(more).collect();
            *values = all.into_iter().collect();
        }
    }
    known.evidence.extend(other.evidence);
}

/// Whether `known` has every qualifier of `fact`; lists are no reason to keep two apart.
fn says_all(known: &Fact, fact: &Fact) -> bool {
    fact.qualifiers.iter().all(|(name, qualifier)| match (known.qualifiers.get(name), qualifier) {
        (Some(Qualifier::Many(_)), Qualifier::Many(_)) => true,
        (Some(other), one) => other == one,
        (None, _) => false,
    })
}

/// `fact/` and a hash of subject, predicate, object and single qualifiers.
fn fact_id(fact: &Fact) -> String {
    let mut said = format!("{}\u{1f}{}\u{1f}{:?}", fact.subject, fact.predicate, fact.object);
    for (name, qualifier) in &fact.qualifiers {
        if let Qualifier::One(value) = qualifier {
            said.push_str(&format!("\u{1f}{name}={value:?}"));
        }
    }
    format!("fact/{:016x}", hash(&said))
}

/// FNV-1a, 64 bits: small, and the same on every machine.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
