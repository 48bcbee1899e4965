//! `evaluate`: how well extractions agree with gold files.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Ending, Failure, Outcome, output, rules};
use crate::document::{self, Document, Source};
use crate::evaluate::{self, Reading};
use crate::extractor::Extractor;
use crate::problem::{Place, Problem};
use crate::schema::Schema;

/// Compare extractions, or what would be extracted now, with gold files
///
/// Prints precision, recall and F1 by class, predicate, group and document, and for each rule how often it was right.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A folder of NAME.gold.json, with NAME.txt beside it where places are wanted
    gold: PathBuf,
    /// A folder of NAME.json, as `extract --each` writes them; or a document or folder of documents NAME.txt
    path: PathBuf,
    /// List what was missed (-) and what was found falsely (+), each with its place and rule
    #[arg(long)]
    list: bool,
    /// Print all figures and findings as JSON
    #[arg(long)]
    json: bool,
    /// A folder of rules to lay over the embedded ones; one with a schema.toml replaces them
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let schema = rules::schema(args.rules.as_deref())?;
    let gold = evaluate::read_gold(&schema, &args.gold)?;
    if let Err(error) = std::fs::metadata(&args.path) {
        let place = Place::file(args.path.to_string_lossy());
        return Err(Problem::error(place, format!("can't be read: {error}"), "check the path").into());
    }
    let documents = documents(&gold, &args.path);
    let found = match documents.is_empty() {
        true => evaluate::read_found(&schema, &gold, &args.path)?,
        false => extract(&schema, args.rules.as_deref(), &documents)?,
    };
    if found.is_empty() {
        let remedy = "name a folder of NAME.json or NAME.txt, where the gold files are NAME.gold.json";
        return Err(
            Problem::error(Place::file(args.path.to_string_lossy()), "nothing of a gold file here", remedy).into()
        );
    }
    let report = evaluate::compare(&schema, &gold, &found);
    report.warnings.iter().for_each(output::report);
    output::to_stdout(|to| {
        if args.json {
            return writeln!(to, "{}", report.json());
        }
        if args.list {
            writeln!(to, "{}", report.listing())?;
        }
        write!(to, "{}", report.tables())
    })?;
    Ok(Ending::Done)
}

/// The documents that gold files are about, by name; none where extractions lie ready.
fn documents(gold: &[Reading], path: &Path) -> Vec<(String, Source)> {
    let has_json =
        |gold: &Reading| [".json", ".txt.json"].iter().any(|end| path.join(format!("{}{end}", gold.name)).exists());
    if gold.iter().any(has_json) {
        return Vec::new();
    }
    let (sources, _) = document::find(&[path.to_owned()]);
    let named = sources.into_iter().map(|source| {
        let name = source.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (name, source)
    });
    named.filter(|(name, _)| gold.iter().any(|gold| gold.name == *name)).collect()
}

fn extract(schema: &Schema, rules: Option<&Path>, documents: &[(String, Source)]) -> Result<Vec<Reading>, Failure> {
    let extractor: Extractor = rules::extractor(rules)?;
    let read = |(name, source): &(String, Source)| {
        let (document, _) = Document::read(source)?;
        let reading = Reading::of_records(schema, name, &extractor.extract(&document));
        Ok(reading.with_text(&source.shown, document.text))
    };
    let read: Result<Vec<Reading>, Problem> = documents.par_iter().map(read).collect();
    Ok(read?)
}
