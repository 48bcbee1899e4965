//! What the export looks up again and again: IRIs, types and languages by id, and what each document says.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxrdf::{NamedNode, NamedNodeRef};

use super::literal;
use super::names::{Names, encode};
use super::terms;
use crate::export::Options;
use crate::graph::{DocumentRecord, Evidence, Fact, Graph, Value};
use crate::schema::{Class, Schema};

/// Qualifiers whose values say that the fact itself doesn't hold (yet).
const NOT_STATED: &[(&str, &[&str])] = &[("status", &["planned", "proposed"]), ("polarity", &["negative"])];

/// What one document says.
pub(super) struct Said<'a> {
    pub(super) iri: NamedNode,
    /// The id without `doc/`, as IRIs hold it.
    pub(super) name: String,
    pub(super) language: Option<String>,
    pub(super) record: Option<&'a DocumentRecord>,
    /// Ids of the entities it names, sorted.
    pub(super) mentions: Vec<&'a str>,
    /// Its facts by id, with the evidence that stands in this document.
    pub(super) facts: Vec<(&'a Fact, &'a [Evidence])>,
}

/// IRIs of our own terms that are no part of the schema.
pub(super) struct OwnTerms {
    pub(super) document: NamedNode,
    pub(super) code: NamedNode,
    pub(super) confidence: NamedNode,
    pub(super) evidence: NamedNode,
    pub(super) rule: NamedNode,
}

pub(super) struct Index<'a> {
    pub(super) names: Names,
    pub(super) own: OwnTerms,
    pub(super) documents: BTreeMap<&'a str, Said<'a>>,
    /// Types by class name.
    pub(super) types: HashMap<&'a str, Vec<NamedNode>>,
    ids: HashMap<&'a str, NamedNode>,
    terms: HashMap<&'a str, NamedNode>,
    /// Predicates whose facts are somebody's claims.
    attributed: HashSet<&'a str>,
}

impl<'a> Index<'a> {
    pub(super) fn build(graph: &'a Graph, schema: &'a Schema, options: &Options) -> Self {
        let names = Names::new(schema, options);
        let own = OwnTerms {
            document: names.term(terms::DOCUMENT),
            code: names.term(terms::CODE),
            confidence: names.term(terms::CONFIDENCE),
            evidence: names.term(terms::EVIDENCE),
            rule: names.term(terms::RULE),
        };
        let attributed = schema.predicates.iter().filter(|predicate| predicate.attributed);
        let attributed = attributed.map(|predicate| predicate.name.as_str()).collect();
        let mut index = Self {
            documents: BTreeMap::new(),
            types: HashMap::new(),
            ids: HashMap::new(),
            terms: HashMap::new(),
            names,
            own,
            attributed,
        };
        index.add_documents(graph);
        index.add_entities(graph, schema);
        index.add_facts(graph);
        index
    }

    fn add_documents(&mut self, graph: &'a Graph) {
        for record in graph.documents() {
            let said = self.said(&record.id);
            said.record = Some(record);
            said.language = literal::language(&record.language);
        }
    }

    fn add_entities(&mut self, graph: &'a Graph, schema: &Schema) {
        for entity in graph.entities() {
            self.add_id(&entity.id);
            if !self.types.contains_key(entity.class.as_str()) {
                self.types.insert(&entity.class, types(&self.names, schema, &entity.class));
            }
            for name in entity.attributes.keys() {
                self.add_term(name);
            }
            let mut documents: Vec<&str> = entity.mentions.iter().map(|mention| mention.document.as_str()).collect();
            documents.sort_unstable();
            documents.dedup();
            for document in documents {
                self.said(document).mentions.push(&entity.id);
            }
        }
    }

    fn add_facts(&mut self, graph: &'a Graph) {
        for fact in graph.facts() {
            self.add_term(&fact.predicate);
            for (name, qualifier) in &fact.qualifiers {
                self.add_term(name);
                for value in qualifier.values() {
                    if let Value::Entity(id) = value {
                        self.add_id(id);
                    }
                }
            }
            for evidence in fact.evidence.chunk_by(|a, b| a.document == b.document) {
                self.said(&evidence[0].document).facts.push((fact, evidence));
            }
        }
    }

    fn add_id(&mut self, id: &'a str) {
        if !self.ids.contains_key(id) {
            self.ids.insert(id, self.names.id(id));
        }
    }

    fn add_term(&mut self, name: &'a str) {
        if !self.terms.contains_key(name) {
            self.terms.insert(name, self.names.term(name));
        }
    }

    fn said(&mut self, document: &'a str) -> &mut Said<'a> {
        let names = &self.names;
        self.documents.entry(document).or_insert_with(|| {
            let mut name = String::new();
            encode(&mut name, document.strip_prefix("doc/").unwrap_or(document));
            let iri = names.id(document);
            Said { iri, name, language: None, record: None, mentions: Vec::new(), facts: Vec::new() }
        })
    }

    /// Whether an entity, a type or a term that is always written has a name in this namespace.
    pub(super) fn uses(&self, namespace: &str) -> bool {
        let mut named = self.types.values().flatten().chain(self.ids.values()).map(NamedNode::as_str);
        terms::ALWAYS.iter().any(|term| term.as_str().starts_with(namespace))
            || named.any(|iri| iri.starts_with(namespace))
    }

    /// The IRI of an entity that the graph holds or that a fact refers to.
    pub(super) fn id(&self, id: &str) -> NamedNodeRef<'_> {
        self.ids.get(id).expect("every id of the graph is added when the index is built").as_ref()
    }

    /// The IRI of a predicate, qualifier or attribute that the graph holds.
    pub(super) fn term(&self, name: &str) -> NamedNodeRef<'_> {
        self.terms.get(name).expect("every term of the graph is added when the index is built").as_ref()
    }

    /// The language of the first document that states the fact.
    pub(super) fn language(&self, evidence: &[Evidence]) -> Option<&str> {
        self.documents.get(evidence.first()?.document.as_str())?.language.as_deref()
    }

    /// Whether the documents state the fact as holding: not as somebody's claim, a plan or a denial.
    pub(super) fn is_stated(&self, fact: &Fact) -> bool {
        let held_back = NOT_STATED.iter().any(|(name, values)| {
            let given = fact.qualifiers.get(*name).map_or(&[][..], |qualifier| qualifier.values());
            given.iter().any(|value| matches!(value, Value::Text(text) if values.contains(&text.as_str())))
        });
        !held_back && !self.attributed.contains(fact.predicate.as_str())
    }
}

/// The class and all above it, then the terms of standard vocabularies that these map to.
fn types(names: &Names, schema: &Schema, class: &str) -> Vec<NamedNode> {
    let lineage: Vec<&Class> = schema.class_id(class).into_iter().flat_map(|id| schema.lineage(id)).collect();
    if lineage.is_empty() {
        return vec![names.term(class)];
    }
    let own = lineage.iter().map(|class| names.term(&class.name));
    let standard = lineage.iter().flat_map(|class| &class.maps).filter_map(|term| schema.expand(term));
    let mut types: Vec<NamedNode> = Vec::new();
    for term in own.chain(standard.map(NamedNode::new_unchecked)) {
        if !types.contains(&term) {
            types.push(term);
        }
    }
    types
}
