//! Answers to queries, and the forms that they are written in.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::model::{NamedOrBlankNode, Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QueryResults};
use oxrdfio::{RdfFormat, RdfSerializer};

use super::table;
use crate::problem::{Place, Problem};

/// A form that answers are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Aligned columns for people; a graph as Turtle.
    Table,
    /// SPARQL 1.1 results in JSON.
    Json,
    /// SPARQL 1.1 results in CSV.
    Csv,
    /// SPARQL 1.1 results in TSV.
    Tsv,
    /// Turtle, for a graph.
    Turtle,
}

impl Form {
    /// Each form's name on the command line.
    pub const NAMES: [(&'static str, Self); 5] =
        [("table", Self::Table), ("json", Self::Json), ("csv", Self::Csv), ("tsv", Self::Tsv), ("ttl", Self::Turtle)];
}

/// What a query gives: rows, yes or no, or a graph.
pub struct Answer<'a> {
    file: &'a str,
    results: QueryResults<'a>,
    prefixes: &'a BTreeMap<String, String>,
}

/// Why an answer wasn't written whole.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The query failed on the way, or has no answer of this form.
    #[error(transparent)]
    Query(#[from] Problem),
    /// The output failed.
    #[error(transparent)]
    Output(#[from] io::Error),
}

impl<'a> Answer<'a> {
    pub(super) fn new(file: &'a str, results: QueryResults<'a>, prefixes: &'a BTreeMap<String, String>) -> Self {
        Self { file, results, prefixes }
    }

    /// Writes the answer; rows stand in the query's order, the triples of a graph are sorted.
    ///
    /// # Errors
    /// A query that fails on the way, a form that this kind of answer doesn't have, and the output's errors.
    pub fn write(self, form: Form, to: &mut dyn Write) -> Result<(), WriteError> {
        let Self { file, results, prefixes } = self;
        let failed = |error: QueryEvaluationError| {
            Problem::error(Place::file(file), format!("the query fails: {error}"), "change the query")
        };
        match results {
            QueryResults::Boolean(value) => write_boolean(file, value, form, to),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let rows = solutions.map(|row| row.map(|row| row.values().to_vec()).map_err(failed));
                write_rows(file, &variables, rows, prefixes, form, to)
            }
            QueryResults::Graph(triples) => {
                let keyed = triples.map(|triple| triple.map(|triple| (key(&triple), triple)));
                let triples: BTreeMap<[String; 3], Triple> = keyed.collect::<Result<_, _>>().map_err(failed)?;
                let triples: Vec<Triple> = triples.into_values().collect();
                match form {
                    Form::Table | Form::Turtle => Ok(write_graph(&triples, prefixes, to)?),
                    _ => {
                        let variables = ["subject", "predicate", "object"].map(Variable::new_unchecked);
                        let rows = triples.into_iter().map(|Triple { subject, predicate, object }| {
                            Ok(vec![Some(subject.into()), Some(predicate.into()), Some(object)])
                        });
                        write_rows(file, &variables, rows, prefixes, form, to)
                    }
                }
            }
        }
    }
}

/// What triples are sorted by.
fn key(triple: &Triple) -> [String; 3] {
    [triple.subject.to_string(), triple.predicate.to_string(), triple.object.to_string()]
}

fn write_boolean(file: &str, value: bool, form: Form, to: &mut dyn Write) -> Result<(), WriteError> {
    match results_format(form) {
        Some(format) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut *to, value)?;
            writeln!(to)?;
        }
        None if form == Form::Table => writeln!(to, "{value}")?,
        None => return Err(no_graph(file).into()),
    }
    Ok(())
}

fn write_rows(
    file: &str,
    variables: &[Variable],
    rows: impl Iterator<Item = Result<Vec<Option<Term>>, Problem>>,
    prefixes: &BTreeMap<String, String>,
    form: Form,
    to: &mut dyn Write,
) -> Result<(), WriteError> {
    let Some(format) = results_format(form) else {
        if form == Form::Turtle {
            return Err(no_graph(file).into());
        }
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        return Ok(table::write(variables, &rows, prefixes, to)?);
    };
    let serializer = QueryResultsSerializer::from_format(format);
    let mut writer = serializer.serialize_solutions_to_writer(&mut *to, variables.to_vec())?;
    for row in rows {
        let row = row?;
        let bound = variables.iter().zip(&row).filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
        writer.serialize(bound)?;
    }
    writer.finish()?;
    if form == Form::Json {
        writeln!(to)?;
    }
    Ok(())
}

fn results_format(form: Form) -> Option<QueryResultsFormat> {
    match form {
        Form::Json => Some(QueryResultsFormat::Json),
        Form::Csv => Some(QueryResultsFormat::Csv),
        Form::Tsv => Some(QueryResultsFormat::Tsv),
        Form::Table | Form::Turtle => None,
    }
}

fn no_graph(file: &str) -> Problem {
    let remedy = "use CONSTRUCT or DESCRIBE, or another --format";
    Problem::error(Place::file(file), "the answer is no graph, so it can't be written as Turtle", remedy)
}

/// Turtle with the prefixes that it uses.
fn write_graph(triples: &[Triple], prefixes: &BTreeMap<String, String>, to: &mut dyn Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    let iris: Vec<&str> = triples.iter().flat_map(iris).collect();
    let uses = |namespace: &str| iris.iter().any(|iri| iri.starts_with(namespace));
    for (prefix, namespace) in prefixes.iter().filter(|(_, namespace)| uses(namespace)) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(to);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish().map(drop)
}

fn iris(triple: &Triple) -> impl Iterator<Item = &str> {
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(iri) => Some(iri.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    let object = match &triple.object {
        Term::NamedNode(iri) => Some(iri.as_str()),
        Term::Literal(literal) => Some(literal.datatype().as_str()),
        Term::BlankNode(_) => None,
    };
    [subject, Some(triple.predicate.as_str()), object].into_iter().flatten()
}
