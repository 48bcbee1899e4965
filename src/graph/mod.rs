//! The knowledge graph: entities and facts of many documents, merged with all their evidence.
//!
//! Ids are made from what things are, so merging is a union: any order of documents gives the same graph.

mod merge;
mod record;

use std::collections::{BTreeMap, HashMap};

use petgraph::graph::{DiGraph, NodeIndex};
use serde::{Deserialize, Serialize};

pub use merge::{fuller, hash, settle};
pub use record::{DocumentRecord, Entity, Evidence, Fact, Qualifier, Value};

/// What documents say, as plain records; what the JSON holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Records {
    /// Always [`FORMAT`].
    pub schema: String,
    /// Documents, by id.
    pub documents: Vec<DocumentRecord>,
    /// Entities, by id.
    pub entities: Vec<Entity>,
    /// Facts, by id.
    pub facts: Vec<Fact>,
}

/// The name and version of the JSON form.
pub const FORMAT: &str = "pactgraph/1";

impl Default for Records {
    fn default() -> Self {
        Self { schema: FORMAT.into(), documents: Vec::new(), entities: Vec::new(), facts: Vec::new() }
    }
}

/// A node of the graph.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An entity.
    Entity(Entity),
    /// A date or text that facts have as their object.
    Literal(Value),
}

/// The merged graph. Nodes are entities and literals, edges are facts; both stand in order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    documents: Vec<DocumentRecord>,
    graph: DiGraph<Node, Fact>,
    index: HashMap<String, NodeIndex>,
}

impl Graph {
    /// Merges the records of any number of documents.
    pub fn build(parts: impl IntoIterator<Item = Records>) -> Self {
        let merged = merge::merge(parts);
        let mut graph = DiGraph::with_capacity(merged.entities.len(), merged.facts.len());
        let mut index = HashMap::with_capacity(merged.entities.len());
        for entity in merged.entities {
            let id = entity.id.clone();
            index.insert(id, graph.add_node(Node::Entity(entity)));
        }
        let mut literals: BTreeMap<Value, NodeIndex> = BTreeMap::new();
        for fact in merged.facts {
            let object = match &fact.object {
                Value::Entity(id) => index.get(id).copied(),
                literal => Some(
                    *literals.entry(literal.clone()).or_insert_with(|| graph.add_node(Node::Literal(literal.clone()))),
                ),
            };
            if let (Some(&subject), Some(object)) = (index.get(&fact.subject), object) {
                graph.add_edge(subject, object, fact);
            }
        }
        Self { documents: merged.documents, graph, index }
    }

    /// The documents, by id.
    pub fn documents(&self) -> &[DocumentRecord] {
        &self.documents
    }

    /// The entities, by id.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.graph.node_weights().filter_map(|node| match node {
            Node::Entity(entity) => Some(entity),
            Node::Literal(_) => None,
        })
    }

    /// The facts, by id.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.graph.edge_weights()
    }

    /// The entity of this id.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        match &self.graph[*self.index.get(id)?] {
            Node::Entity(entity) => Some(entity),
            Node::Literal(_) => None,
        }
    }

    /// The graph as petgraph holds it, for its algorithms.
    pub fn petgraph(&self) -> &DiGraph<Node, Fact> {
        &self.graph
    }

    /// The graph as records, which serde writes as the JSON.
    pub fn records(&self) -> Records {
        Records {
            schema: FORMAT.into(),
            documents: self.documents.clone(),
            entities: self.entities().cloned().collect(),
            facts: self.facts().cloned().collect(),
        }
    }
}
