//! `query`: a SPARQL query over what `extract` wrote.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use super::{Ending, Failure, Outcome, output, rules};
use crate::export::{Options, rdf};
use crate::problem::{Place, Problem};
use crate::store::{Form, Store, WriteError};

/// Answer a SPARQL query over what `extract` wrote
///
/// The known prefixes need no declaring: `:` for classes and predicates, `state:`, `instrument:`... and `id:` for
/// entities, `doc:`, `fact:`, and rdf, rdfs, xsd, owl, skos, prov, oa, dct, schema, time. The default graph holds what
/// all documents say.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A graph file, or a folder that `extract` wrote to
    path: PathBuf,
    /// The query
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    query: Option<String>,
    /// Read the query from this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The form of the answer
    #[arg(long, default_value = "table", value_parser = forms())]
    format: Form,
    /// A folder of rules whose schema.toml is used instead of the embedded one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// The namespace that the graph was extracted with
    #[arg(long, value_name = "IRI", value_parser = rdf::check_base)]
    base: Option<String>,
}

fn forms() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::NAMES.map(|(name, _)| name)).map(|name| {
        let known = Form::NAMES.iter().find(|(known, _)| *known == name);
        known.map_or(Form::Table, |&(_, form)| form)
    })
}

pub(super) fn run(args: &Args) -> Outcome {
    let schema = rules::schema(args.rules.as_deref())?;
    let (name, query) = match (&args.file, &args.query) {
        (Some(path), _) => (path.to_string_lossy().into_owned(), read(path)?),
        (None, query) => ("query".into(), query.clone().unwrap_or_default()),
    };
    let options = Options { base: args.base.clone() };
    let store = Store::load(&args.path, &schema, &options)?;
    let answer = store.query(&name, &query)?;
    output::to_stdout(|to| answer.write(args.format, to)).map_err(|error| match error {
        WriteError::Query(problem) => Failure::from(problem),
        WriteError::Output(error) => Failure::from(error),
    })?;
    Ok(Ending::Done)
}

fn read(path: &PathBuf) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| {
        let remedy = "give a file that holds a SPARQL query in UTF-8";
        Problem::error(Place::file(path.to_string_lossy()), format!("can't be read: {error}"), remedy)
    })
}
