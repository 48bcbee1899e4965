//! pactgraph reads diplomatic documents and writes down what they say as a knowledge graph.
//!
//! The modules stand in the order in which a document flows through them; each imports only from those before it.

pub mod problem;
pub mod span;
pub mod schema;
pub mod document;
pub mod text;
pub mod rules;
pub mod mention;
pub mod reference;
pub mod fact;
pub mod graph;
pub mod export;
pub mod store;
pub mod evaluate;
pub mod extractor;
pub mod cli;
