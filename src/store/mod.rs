//! The graph as an RDF store in memory, and SPARQL over it.

mod answer;
mod load;
mod table;

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, GraphNameRef, Quad};
use oxigraph::sparql::SparqlEvaluator;
use oxigraph::store::Store as Quads;

use crate::export::{Options, rdf};
use crate::graph::Graph;
use crate::problem::{Place, Problem};
use crate::schema::Schema;

pub use answer::{Answer, Form, WriteError};

/// Quads in memory. The default graph holds the statements of all named graphs, each once.
pub struct Store {
    quads: Quads,
    prefixes: BTreeMap<String, String>,
}

impl Store {
    /// A graph, as its N-Quads would load.
    ///
    /// # Errors
    /// Only when the store itself fails.
    pub fn from_graph(graph: &Graph, schema: &Schema, options: &Options) -> Result<Self, Problem> {
        let store = Self::empty(schema, options)?;
        let mut quads = Vec::new();
        load::add_graph(graph, schema, options, &mut quads);
        store.fill(quads.into_iter().map(Ok))?;
        Ok(store)
    }

    fn empty(schema: &Schema, options: &Options) -> Result<Self, Problem> {
        let quads = Quads::new().map_err(failed)?;
        Ok(Self { quads, prefixes: rdf::prefixes(schema, options) })
    }

    /// Adds each quad, and once more in the default graph: a union made by the query engine would count a statement
    /// of two documents twice.
    fn fill(&self, quads: impl Iterator<Item = Result<Quad, Problem>>) -> Result<(), Problem> {
        let mut loader = self.quads.bulk_loader();
        let mut broken = None;
        let good = quads.map_while(|quad| quad.map_err(|problem| broken = Some(problem)).ok());
        let twice = good.flat_map(|quad| {
            let named = !quad.graph_name.is_default_graph();
            let merged = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
            std::iter::once(merged).chain(named.then_some(quad))
        });
        loader.load_quads(twice).map_err(failed)?;
        match broken {
            Some(problem) => Err(problem),
            None => loader.commit().map_err(failed),
        }
    }

    /// How many statements there are, each counted once.
    pub fn len(&self) -> usize {
        self.quads.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)).count()
    }

    /// Whether there is no statement.
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty().unwrap_or(true)
    }

    /// Prefixes that a query needn't declare.
    pub fn prefixes(&self) -> &BTreeMap<String, String> {
        &self.prefixes
    }

    /// Answers a SPARQL query; `file` names it in errors.
    ///
    /// # Errors
    /// What is wrong with the query, and where.
    pub fn query<'a>(&'a self, file: &'a str, query: &str) -> Result<Answer<'a>, Problem> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in &self.prefixes {
            evaluator = evaluator.with_prefix(prefix, namespace).map_err(|error| {
                let remedy = "correct it in schema.toml, or --base";
                Problem::error(Place::file(namespace), format!("is no namespace: {error}"), remedy)
            })?;
        }
        let prepared = evaluator.parse_query(query).map_err(|error| syntax_problem(file, query, &error.to_string()))?;
        let results = prepared.on_store(&self.quads).execute().map_err(|error| {
            Problem::error(Place::file(file), format!("the query fails: {error}"), "change the query")
        })?;
        Ok(Answer::new(file, results, &self.prefixes))
    }
}

/// The parser tells the place in words only: `error at 1:10: expected one of ...`.
fn syntax_problem(file: &str, query: &str, error: &str) -> Problem {
    let remedy = "the query language is SPARQL 1.1; known prefixes need no declaring";
    let Some((line, column, expected)) = placed(error) else {
        return Problem::error(Place::file(file), format!("no valid SPARQL: {error}"), remedy);
    };
    let place = Place { file: file.into(), line, column };
    let written = query.lines().nth(line - 1).unwrap_or_default();
    let (before, rest): (String, String) =
        (written.chars().take(column - 1).collect(), written.chars().skip(column - 1).take(20).collect());
    if expected.contains("Prefix not found") {
        let name =
            before.trim_end().rsplit(|letter: char| letter.is_whitespace() || "(){}^/|,;!".contains(letter)).next();
        let prefix = name.and_then(|name| name.split_once(':')).map_or(name, |(prefix, _)| Some(prefix));
        let message = format!("the prefix {}: is unknown", prefix.unwrap_or_default());
        return Problem::error(place, message, "declare it with PREFIX, or write the whole IRI in <>");
    }
    // Sets of letters say nothing to a person.
    let tokens: Vec<&str> = expected.split(", ").filter(|token| !token.starts_with('[') && token.len() < 20).collect();
    let found = if rest.trim().is_empty() { "the end of the line".into() } else { format!("`{}`", rest.trim()) };
    let expected = if tokens.is_empty() { String::new() } else { format!("; expected {}", tokens.join(" ")) };
    Problem::error(place, format!("no valid SPARQL at {found}{expected}"), remedy)
}

/// Line and column, from 1, and what was expected there.
fn placed(error: &str) -> Option<(usize, usize, &str)> {
    let (place, expected) = error.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = place.split_once(':')?;
    let expected = expected.strip_prefix("expected ").unwrap_or(expected);
    Some((line.parse().ok()?, column.parse().ok()?, expected.strip_prefix("one of ").unwrap_or(expected)))
        .filter(|&(line, column, _)| line > 0 && column > 0)
}

fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::error(Place::file("the store"), format!("fails: {error}"), "free some memory, or load less")
}
