//! What is written about each kind of thing: documents, entities, facts and the places they were read from.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{GraphNameRef, LiteralRef, NamedNode, TermRef};

use super::index::Said;
use super::names::encode;
use super::{Node, Sink, Statements, literal, terms};
use crate::graph::{Entity, Evidence, Fact, Value};

impl<'a> Statements<'a> {
    pub(super) fn document(&self, said: &Said, node: &mut Node) -> io::Result<()> {
        node.put(rdf::TYPE, self.index.own.document.as_ref())?;
        node.put(rdf::TYPE, terms::PROV_ENTITY)?;
        if let Some(record) = said.record {
            let language = said.language.as_deref();
            if !record.title.is_empty() {
                node.put(terms::TITLE, literal::text(&record.title, language))?;
            }
            if !record.date.is_empty() {
                node.put(terms::ISSUED, literal::date(&record.date))?;
            }
            if !record.language.is_empty() {
                node.put(terms::LANGUAGE, LiteralRef::new_simple_literal(&record.language))?;
            }
            node.put(terms::SOURCE, LiteralRef::new_simple_literal(&record.source))?;
        }
        said.mentions.iter().try_for_each(|id| node.put(terms::MENTIONS, self.index.id(id)))
    }

    pub(super) fn entity(&self, entity: &'a Entity, node: &mut Node) -> io::Result<()> {
        for class in self.types(entity) {
            node.put(rdf::TYPE, class.as_ref())?;
        }
        let labels = self.labels(entity);
        for (language, label) in &labels {
            node.put(rdfs::LABEL, literal::text(label, language.as_deref()))?;
        }
        for (surface, language) in self.surfaces(entity) {
            if !is_label(&labels, surface, language) {
                node.put(terms::ALT_LABEL, literal::text(surface, language))?;
            }
        }
        if !entity.code.is_empty() {
            node.put(self.index.own.code.as_ref(), LiteralRef::new_simple_literal(&entity.code))?;
        }
        for (name, value) in &entity.attributes {
            node.put(self.index.term(name), LiteralRef::new_simple_literal(value))?;
        }
        // What is no IRI would spoil the whole file.
        let elsewhere = entity.same_as.iter().filter_map(|iri| NamedNode::new(iri).ok());
        elsewhere.into_iter().try_for_each(|iri| node.put(terms::SAME_AS, iri.as_ref()))
    }

    /// A label for each language: the usual name, or the entity's name where its language has none.
    fn labels(&self, entity: &'a Entity) -> BTreeMap<Option<String>, &'a str> {
        let mut labels: BTreeMap<Option<String>, &str> =
            entity.labels.iter().map(|(tag, label)| (literal::language(tag), label.as_str())).collect();
        let language = self.language_of_name(entity);
        if !is_label(&labels, &entity.name, language) {
            labels.entry(language.map(str::to_owned)).or_insert(&entity.name);
        }
        labels
    }

    /// The language of the document that has the name, else of the first that mentions the entity.
    fn language_of_name(&self, entity: &Entity) -> Option<&str> {
        let named = entity.mentions.iter().position(|mention| mention.text == entity.name).unwrap_or(0);
        self.index.language(entity.mentions.get(named..)?)
    }

    /// Every form that documents name the entity by, the name included, with its language.
    fn surfaces<'e>(&'e self, entity: &'e Entity) -> BTreeSet<(&'e str, Option<&'e str>)> {
        let name = std::iter::once((entity.name.as_str(), self.language_of_name(entity)));
        let mentions = entity.mentions.iter();
        name.chain(mentions.map(|one| (one.text.as_str(), self.index.language(std::slice::from_ref(one))))).collect()
    }

    /// The fact as one triple.
    pub(super) fn plain(&self, fact: &Fact, node: &mut Node) -> io::Result<()> {
        node.put(self.index.term(&fact.predicate), self.object(fact))
    }

    /// The node of a fact, as far as `evidence` goes.
    pub(super) fn fact(
        &self,
        fact: &Fact,
        evidence: &[Evidence],
        graph: GraphNameRef,
        sink: &mut Sink,
    ) -> io::Result<()> {
        let iri = self.index.names.id(&fact.id);
        let mut node = Node::new(iri.as_ref(), graph, sink);
        node.put(rdf::TYPE, rdf::STATEMENT)?;
        node.put(rdf::TYPE, terms::PROV_ENTITY)?;
        node.put(rdf::SUBJECT, self.index.id(&fact.subject))?;
        node.put(rdf::PREDICATE, self.index.term(&fact.predicate))?;
        node.put(rdf::OBJECT, self.object(fact))?;
        if fact.confidence.is_finite() {
            let confidence = format!("{:?}", (fact.confidence.clamp(0.0, 1.0) * 1e6).round() / 1e6);
            node.put(self.index.own.confidence.as_ref(), LiteralRef::new_typed_literal(&confidence, xsd::DECIMAL))?;
        }
        for (name, qualifier) in &fact.qualifiers {
            for value in qualifier.values() {
                let language = self.language_of_words(value, &fact.evidence);
                node.put(self.index.term(name), self.value(value, language))?;
            }
        }
        for document in evidence.chunk_by(|a, b| a.document == b.document) {
            let said = &self.index.documents[document[0].document.as_str()];
            node.put(terms::DERIVED_FROM, said.iri.as_ref())?;
            for place in places(document) {
                node.put(self.index.own.evidence.as_ref(), self.evidence_iri(fact, said, &place[0]).as_ref())?;
            }
        }
        Ok(())
    }

    /// The places in one document that its facts were read from: an annotation for each fact and place, and the
    /// passages that these point to.
    pub(super) fn evidence(&self, said: &Said, graph: GraphNameRef, sink: &mut Sink) -> io::Result<()> {
        let mut passages: BTreeMap<(u64, u64), &Evidence> = BTreeMap::new();
        for (fact, evidence) in &said.facts {
            let body = self.index.names.id(&fact.id);
            for place in places(evidence) {
                passages.insert((place[0].start, place[0].end), &place[0]);
                let iri = self.evidence_iri(fact, said, &place[0]);
                let mut node = Node::new(iri.as_ref(), graph, sink);
                node.put(rdf::TYPE, terms::ANNOTATION)?;
                node.put(terms::HAS_BODY, body.as_ref())?;
                let target = self.index.names.place(&["passage/"], &said.name, place[0].start, place[0].end);
                node.put(terms::HAS_TARGET, target.as_ref())?;
                let rule = self.index.own.rule.as_ref();
                for rules in place.chunk_by(|a, b| a.rule == b.rule) {
                    node.put(rule, LiteralRef::new_simple_literal(&rules[0].rule))?;
                }
            }
        }
        passages.into_values().try_for_each(|place| self.passage(said, place, graph, sink))
    }

    /// A part of a document's text: where it stands and what it says.
    fn passage(&self, said: &Said, place: &Evidence, graph: GraphNameRef, sink: &mut Sink) -> io::Result<()> {
        let [passage, position, quote] = ["passage/", "position/", "quote/"]
            .map(|kind| self.index.names.place(&[kind], &said.name, place.start, place.end));
        let mut node = Node::new(passage.as_ref(), graph, sink);
        node.put(rdf::TYPE, terms::SPECIFIC_RESOURCE)?;
        node.put(terms::HAS_SOURCE, said.iri.as_ref())?;
        node.put(terms::HAS_SELECTOR, position.as_ref())?;
        node.put(terms::HAS_SELECTOR, quote.as_ref())?;
        let mut node = Node::new(position.as_ref(), graph, sink);
        node.put(rdf::TYPE, terms::TEXT_POSITION_SELECTOR)?;
        for (predicate, number) in [(terms::START, place.start), (terms::END, place.end)] {
            let digits = number.to_string();
            node.put(predicate, LiteralRef::new_typed_literal(&digits, xsd::NON_NEGATIVE_INTEGER))?;
        }
        let mut node = Node::new(quote.as_ref(), graph, sink);
        node.put(rdf::TYPE, terms::TEXT_QUOTE_SELECTOR)?;
        node.put(terms::EXACT, literal::text(&place.text, None))
    }

    fn evidence_iri(&self, fact: &Fact, said: &Said, place: &Evidence) -> NamedNode {
        let mut id = String::new();
        encode(&mut id, fact.id.strip_prefix("fact/").unwrap_or(&fact.id));
        self.index.names.place(&["evidence/", &id, ":"], &said.name, place.start, place.end)
    }

    fn object<'f>(&'f self, fact: &'f Fact) -> TermRef<'f> {
        self.value(&fact.object, self.index.language(&fact.evidence))
    }

    fn value<'f>(&'f self, value: &'f Value, language: Option<&'f str>) -> TermRef<'f> {
        match value {
            Value::Entity(id) => self.index.id(id).into(),
            Value::Date(edtf) => literal::date(edtf).into(),
            Value::Text(text) => literal::text(text, language).into(),
        }
    }

    /// The language of words that stand in the text; a normal form is in none.
    fn language_of_words(&self, value: &Value, evidence: &[Evidence]) -> Option<&str> {
        let Value::Text(words) = value else { return None };
        let at = evidence.iter().position(|place| place.text.contains(words.as_str()))?;
        self.index.language(&evidence[at..])
    }
}

/// Whether a label says as much: the same words in the same language, or in any where the words' is unknown.
fn is_label(labels: &BTreeMap<Option<String>, &str>, words: &str, language: Option<&str>) -> bool {
    labels.iter().any(|(tag, label)| *label == words && (language.is_none() || tag.as_deref() == language))
}

/// The evidence of one document by place; several rules may have read the same.
fn places(evidence: &[Evidence]) -> impl Iterator<Item = &[Evidence]> {
    evidence.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end))
}
