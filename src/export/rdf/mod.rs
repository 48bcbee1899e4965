//! The graph as RDF 1.1 statements, in a fixed order that keeps each subject together.
//!
//! A fact is a plain triple when the documents state it, and always a node with its qualifiers and evidence.

mod describe;
mod index;
mod literal;
mod names;
mod terms;

use std::collections::BTreeMap;
use std::io;

use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef};

use crate::export::Options;
use crate::graph::{Entity, Fact, Graph};
use crate::schema::Schema;
use index::Index;

pub use names::{check_base, prefixes};

/// Takes statements one by one; an error ends the export.
pub type Sink<'s> = dyn FnMut(QuadRef<'_>) -> io::Result<()> + 's;

/// The statements of a graph, ready to be written any number of times.
pub struct Statements<'a> {
    graph: &'a Graph,
    index: Index<'a>,
}

impl<'a> Statements<'a> {
    /// Prepares the names of all that the graph holds.
    pub fn new(graph: &'a Graph, schema: &'a Schema, options: &Options) -> Self {
        Self { graph, index: Index::build(graph, schema, options) }
    }

    /// The known prefixes, without those of classes and vocabularies that the graph has nothing of.
    pub fn prefixes(&self, schema: &Schema, options: &Options) -> BTreeMap<String, String> {
        let mut prefixes = prefixes(schema, options);
        let optional = |prefix: &String| {
            schema.prefixes.contains_key(prefix) || schema.classes.iter().any(|class| class.prefix == *prefix)
        };
        prefixes.retain(|prefix, namespace| !optional(prefix) || self.index.uses(namespace));
        prefixes
    }

    /// Each statement once, in the default graph.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn triples(&self, sink: &mut Sink) -> io::Result<()> {
        let graph = GraphNameRef::DefaultGraph;
        for said in self.index.documents.values() {
            self.document(said, &mut Node::new(said.iri.as_ref(), graph, sink))?;
        }
        let mut stated = self.stated(self.graph.facts()).into_iter().peekable();
        for entity in self.graph.entities() {
            let mut node = Node::new(self.index.id(&entity.id), graph, sink);
            self.entity(entity, &mut node)?;
            while let Some(fact) = stated.next_if(|fact| fact.subject == entity.id) {
                self.plain(fact, &mut node)?;
            }
        }
        for fact in self.graph.facts() {
            self.fact(fact, &fact.evidence, graph, sink)?;
        }
        for said in self.index.documents.values() {
            self.evidence(said, graph, sink)?;
        }
        Ok(())
    }

    /// Entities in the default graph; what a document says in the graph that has the document's name, so that a fact
    /// of two documents stands in both.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn quads(&self, sink: &mut Sink) -> io::Result<()> {
        for entity in self.graph.entities() {
            self.entity(entity, &mut Node::new(self.index.id(&entity.id), GraphNameRef::DefaultGraph, sink))?;
        }
        for said in self.index.documents.values() {
            let graph = GraphNameRef::NamedNode(said.iri.as_ref());
            self.document(said, &mut Node::new(said.iri.as_ref(), graph, sink))?;
            for fact in self.stated(said.facts.iter().map(|&(fact, _)| fact)) {
                self.plain(fact, &mut Node::new(self.index.id(&fact.subject), graph, sink))?;
            }
            for &(fact, evidence) in &said.facts {
                self.fact(fact, evidence, graph, sink)?;
            }
            self.evidence(said, graph, sink)?;
        }
        Ok(())
    }

    /// The facts that hold as plain triples, by subject, predicate and object, each such triple once.
    fn stated(&self, facts: impl Iterator<Item = &'a Fact>) -> Vec<&'a Fact> {
        let key = |fact: &&'a Fact| (&fact.subject, &fact.predicate, &fact.object);
        let mut stated: Vec<&Fact> = facts.filter(|fact| self.index.is_stated(fact)).collect();
        stated.sort_by(|a, b| key(a).cmp(&key(b)));
        stated.dedup_by(|a, b| key(a) == key(b));
        stated
    }

    /// The types of an entity: its classes and the standard ones that these map to.
    fn types(&self, entity: &'a Entity) -> &[NamedNode] {
        self.index.types.get(entity.class.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// A subject in a graph, with the way to write about it.
struct Node<'n, 's> {
    subject: NamedNodeRef<'n>,
    graph: GraphNameRef<'n>,
    sink: &'n mut Sink<'s>,
}

impl<'n, 's> Node<'n, 's> {
    fn new(subject: NamedNodeRef<'n>, graph: GraphNameRef<'n>, sink: &'n mut Sink<'s>) -> Self {
        Self { subject, graph, sink }
    }

    fn put<'t>(&mut self, predicate: NamedNodeRef<'t>, object: impl Into<TermRef<'t>>) -> io::Result<()> {
        let subject = NamedOrBlankNodeRef::NamedNode(self.subject);
        (self.sink)(QuadRef { subject, predicate, object: object.into(), graph_name: self.graph })
    }
}
