//! Writing down what was found in a document as records of the graph.

use std::collections::{BTreeMap, HashSet};

use super::Analysis;
use crate::document::Document;
use crate::fact::{Fact, Object, Reader};
use crate::graph::{self, DocumentRecord, Evidence, Qualifier, Records, Value, fuller, hash};
use crate::mention::{Finder, Place};
use crate::reference::Entity;
use crate::rules::RuleSet;
use crate::schema::KeyPart;
use crate::span::Span;

/// The records of one document.
pub(super) fn write(document: &Document, set: &RuleSet, analysis: &Analysis) -> Records {
    let writer = Writer { document, set, analysis, points: Points::new(&document.text) };
    writer.write()
}

/// The ids of all entities of one document, whether they are written down or not.
pub(super) fn entity_ids(document: &Document, set: &RuleSet, analysis: &Analysis) -> Vec<String> {
    let writer = Writer { document, set, analysis, points: Points::new("") };
    (0..analysis.resolved.entities.list.len()).map(|index| writer.entity_id(index)).collect()
}

/// Code points before every 64th byte, to turn bytes into code points quickly.
struct Points {
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl Points {
    fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += starts(chunk);
        }
        Self { marks }
    }

    fn at(&self, text: &str, byte: u32) -> u64 {
        let byte = byte as usize;
        let Some(mark) = byte.checked_div(STEP).and_then(|index| self.marks.get(index)) else {
            return self.marks.last().map_or(0, |&mark| {
                u64::from(mark) + u64::from(starts(&text.as_bytes()[(self.marks.len() - 1) * STEP..]))
            });
        };
        u64::from(mark + starts(&text.as_bytes()[byte / STEP * STEP..byte]))
    }
}

/// Bytes that begin a character.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

struct Writer<'a> {
    document: &'a Document,
    set: &'a RuleSet,
    analysis: &'a Analysis<'a>,
    points: Points,
}

impl Writer<'_> {
    fn write(&self) -> Records {
        let entities = &self.analysis.resolved.entities.list;
        let used = self.used();
        let mut kept = vec![false; entities.len()];
        for (index, entity) in entities.iter().enumerate() {
            let class = self.set.schema.class(entity.class);
            kept[index] = !class.structural && (used.contains(&index) || !class.latent && !entity.mentions.is_empty());
        }
        let ids: Vec<String> =
            (0..entities.len()).map(|index| if kept[index] { self.entity_id(index) } else { String::new() }).collect();
        let facts: Vec<graph::Fact> = self.analysis.facts.iter().filter_map(|fact| self.fact(fact, &ids)).collect();
        let mut evidence: BTreeMap<&str, &Evidence> = BTreeMap::new();
        for fact in &facts {
            for id in named(fact) {
                evidence.entry(id).or_insert(&fact.evidence[0]);
            }
        }
        let written = (0..entities.len()).filter(|&index| kept[index]);
        let written: Vec<graph::Entity> =
            written.filter_map(|index| self.entity(&entities[index], &ids[index], &evidence)).collect();
        Records { documents: vec![self.record()], entities: written, facts, ..Records::default() }
    }

    /// The entities that facts speak of.
    fn used(&self) -> HashSet<usize> {
        let mut used = HashSet::new();
        let mut note = |object: &Object| {
            if let Object::Entity(index) = object {
                used.insert(*index);
            }
        };
        for fact in &self.analysis.facts {
            note(&Object::Entity(fact.subject));
            note(&fact.object);
            fact.qualifiers.iter().flat_map(|(_, values)| values).for_each(&mut note);
        }
        used
    }

    fn record(&self) -> DocumentRecord {
        let text = &self.analysis.text;
        let title =
            text.titles.first().and_then(|title| title.of(text.as_str()).lines().next()).unwrap_or_default().to_owned();
        let name = self
            .analysis
            .resolved
            .entities
            .document
            .map(|index| self.analysis.resolved.entities.list[index].name.clone());
        DocumentRecord {
            id: self.document.id.clone(),
            title: name.filter(|name| !name.is_empty()).unwrap_or(title).replace('\n', ""),
            date: self.date_of(self.analysis.resolved.entities.document).unwrap_or_default(),
            language: self.analysis.rules.language.code.clone(),
            source: self.document.source.clone(),
        }
    }

    /// The first date that facts give an entity.
    fn date_of(&self, entity: Option<usize>) -> Option<String> {
        let facts = self.analysis.facts.iter().filter(|fact| Some(fact.subject) == entity);
        facts.filter_map(|fact| if let Object::Date(date) = &fact.object { Some(date.clone()) } else { None }).min()
    }

    /// The id of an entity: its class's prefix and its key.
    fn entity_id(&self, index: usize) -> String {
        let entity = &self.analysis.resolved.entities.list[index];
        let class = self.set.schema.class(entity.class);
        if let Some(entry) = entity.entry.map(|entry| self.set.lexicon.entry(entry)) {
            let by_code = class.key.first() == Some(&KeyPart::Code) && !entry.code.is_empty();
            return format!("{}/{}", class.prefix, if by_code { &entry.code } else { &entry.id });
        }
        let is_document = self.analysis.resolved.entities.document == Some(index);
        let rest = if is_document { self.document_rest(entity) } else { entity.rest.clone() };
        // A name of a few characters is no name of one thing alone: who and when tell such things apart.
        let general = rest.chars().count() <= 8;
        let mut key = rest.clone();
        for part in &class.key {
            let more = match part {
                KeyPart::Parties | KeyPart::Sides if !entity.codes.is_empty() || !general => entity.codes.join(" "),
                KeyPart::Parties | KeyPart::Sides => self.party_codes(),
                KeyPart::Date if general => self.date_of(Some(index)).unwrap_or_default(),
                KeyPart::State => {
                    entity.of.map(|of| self.analysis.resolved.entities.list[of].codes.join(" ")).unwrap_or_default()
                }
                _ => String::new(),
            };
            key.push('\u{1f}');
            key.push_str(&more);
        }
        let slug: String = rest.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(24).collect();
        format!("{}/{}-{:08x}", class.prefix, slug.trim_matches('-'), hash(&key) as u32)
    }

    fn document_rest(&self, entity: &Entity) -> String {
        let name = if entity.name.is_empty() { &self.document.id } else { &entity.name };
        name.chars().filter(|c| !c.is_whitespace()).collect()
    }

    fn party_codes(&self) -> String {
        let resolved = &self.analysis.resolved;
        let mut codes: Vec<&str> = resolved
            .parties
            .iter()
            .flat_map(|&party| &resolved.entities.list[party].codes)
            .map(String::as_str)
            .collect();
        codes.sort_unstable();
        codes.join(" ")
    }

    fn entity(&self, entity: &Entity, id: &str, evidence: &BTreeMap<&str, &Evidence>) -> Option<graph::Entity> {
        let schema = &self.set.schema;
        let entry = entity.entry.map(|entry| self.set.lexicon.entry(entry));
        let mut mentions: Vec<Evidence> = entity.mentions.iter().map(|&index| self.mention(index)).collect();
        if mentions.is_empty() {
            // It is met in plurals only; the fact that speaks of it is where it is found.
            mentions.push((*evidence.get(id)?).clone());
        }
        let language = &self.analysis.rules.language.code;
        let name = if entity.name.is_empty() { entry.map_or("", |entry| entry.label(language)) } else { &entity.name };
        let mut labels: BTreeMap<String, String> = BTreeMap::new();
        for (language, names) in entry.iter().flat_map(|entry| &entry.names) {
            labels.extend(names.first().map(|name| (language.clone(), name.clone())));
        }
        labels.entry(language.clone()).or_insert_with(|| name.replace('\n', ""));
        let same_as = entry
            .filter(|entry| !entry.wikidata.is_empty())
            .and_then(|entry| schema.expand(&format!("wd:{}", entry.wikidata)));
        Some(graph::Entity {
            id: id.to_owned(),
            class: schema.class(entity.class).name.clone(),
            is_a: schema.lineage(entity.class).map(|class| class.name.clone()).collect(),
            name: fuller(name, "").replace('\n', ""),
            code: entry.map(|entry| entry.code.clone()).unwrap_or_default(),
            labels,
            same_as: same_as.into_iter().collect(),
            attributes: entity.attributes.clone(),
            mentions,
        })
    }

    fn mention(&self, index: usize) -> Evidence {
        let resolved = &self.analysis.resolved;
        debug_assert!(resolved.places[index] != Place::Hidden, "hidden mentions stand for nothing");
        let mention = &resolved.lattice.mentions[index];
        let rule = match mention.finder {
            Finder::Lexicon(entry) => format!("lexicon:{}", self.set.lexicon.entry(entry).list),
            Finder::Rule(rule) | Finder::Document(rule) => self.rule_name(Reader::Rule(rule)),
        };
        self.evidence(mention.span, rule)
    }

    fn rule_name(&self, reader: Reader) -> String {
        let rules = self.analysis.rules;
        let id = match reader {
            Reader::Rule(rule) => rules.rules.get(rule).map_or("marks", |rule| rule.id.as_str()),
            Reader::Act(act) => &rules.acts[act].id,
        };
        format!("{}.{id}", rules.language.code)
    }

    /// The words at a span of the folded text, by their code points in the document.
    fn evidence(&self, span: Span, rule: String) -> Evidence {
        let source = self.source(span);
        let text = &self.document.text;
        Evidence {
            document: self.document.id.clone(),
            start: self.points.at(text, source.start),
            end: self.points.at(text, source.end),
            text: source.of(text).to_owned(),
            rule,
        }
    }

    fn source(&self, span: Span) -> Span {
        let folded = &self.analysis.text.folded;
        let start = folded.source_start(span.start);
        Span::new(start, folded.source_end(span.end, &self.document.text).max(start))
    }

    fn fact(&self, fact: &Fact, ids: &[String]) -> Option<graph::Fact> {
        let schema = &self.set.schema;
        let predicate = schema.predicate(fact.predicate);
        let (mut subject, mut object) = (ids[fact.subject].clone(), self.value(&fact.object, ids)?);
        if let (true, Value::Entity(other)) = (predicate.symmetric, &mut object)
            && *other < subject
        {
            std::mem::swap(other, &mut subject);
        }
        let mut qualifiers = BTreeMap::new();
        for (name, values) in &fact.qualifiers {
            let mut values: Vec<Value> = values.iter().filter_map(|value| self.value(value, ids)).collect();
            values.sort();
            let list = name == "about" || predicate.together.as_ref() == Some(name);
            match values.len() {
                0 => {}
                1 if !list => drop(qualifiers.insert(name.clone(), Qualifier::One(values.remove(0)))),
                _ => drop(qualifiers.insert(name.clone(), Qualifier::Many(values))),
            }
        }
        Some(graph::Fact {
            id: String::new(),
            predicate: predicate.name.clone(),
            subject: (!subject.is_empty()).then_some(subject)?,
            object,
            qualifiers,
            confidence: (fact.confidence * 1000.0).round() / 1000.0,
            evidence: vec![self.evidence(fact.evidence, self.rule_name(fact.reader))],
        })
    }

    fn value(&self, object: &Object, ids: &[String]) -> Option<Value> {
        Some(match object {
            Object::Entity(index) => Value::Entity(Some(&ids[*index]).filter(|id| !id.is_empty())?.clone()),
            Object::Date(date) => Value::Date(date.clone()),
            Object::Words(span) => Value::Text(self.source(*span).of(&self.document.text).to_owned()),
            Object::Form(text) => Value::Text(text.clone()),
        })
    }
}

/// The ids of the entities that a fact names.
fn named(fact: &graph::Fact) -> impl Iterator<Item = &str> {
    let values = std::iter::once(&fact.object).chain(fact.qualifiers.values().flat_map(Qualifier::values));
    let ids = values.filter_map(|value| if let Value::Entity(id) = value { Some(id.as_str()) } else { None });
    std::iter::once(fact.subject.as_str()).chain(ids)
}
