//! `rules test`: every example of the rules.

use std::path::PathBuf;

use super::{Ending, Outcome, output, rules};
use crate::extractor::{Extractor, Failure};
use crate::problem::{Place, Problem, visible};
use crate::rules::Pack;

/// Run every yes and no of the rules, with all rules loaded
#[derive(clap::Args)]
pub(super) struct Args {
    /// A folder of rules to lay over the embedded ones; one with a schema.toml replaces them
    dir: Option<PathBuf>,
    /// Only rules and acts whose id begins so
    #[arg(long, value_name = "PREFIX", default_value = "")]
    only: String,
}

pub(super) fn run(args: &Args) -> Outcome {
    let pack = rules::pack(args.dir.as_deref())?;
    let extractor = Extractor::new(&pack)?;
    let (count, failures) = extractor.prove(|id| id.starts_with(&args.only));
    if count == 0 {
        let message = format!("no rule's id begins with {:?}", args.only);
        return Err(Problem::error(Place::file("--only"), message, "give the start of an id, such as date.").into());
    }
    output::to_stdout(|to| {
        for failure in &failures {
            let mut place = example(&pack, failure);
            place.file = rules::shown(args.dir.as_deref(), &place.file);
            writeln!(to, "{place}: {}: {}", failure.rule, visible(&failure.message))?;
            writeln!(to, "    {}", visible(&failure.text))?;
        }
        writeln!(to, "{} passed, {} failed", count - failures.len(), failures.len())
    })?;
    Ok(if failures.is_empty() { Ending::Done } else { Ending::Partly })
}

/// The line of the example where it stands there as it is, else that of its rule.
fn example(pack: &Pack, failure: &Failure) -> Place {
    let place = Place { column: 0, ..failure.place.clone() };
    let text = pack.files.get(&place.file).map_or("", String::as_str);
    let mut lines = text.lines().enumerate().skip(place.line);
    let found = lines.find(|(_, line)| line.contains(&failure.text)).map(|(number, _)| number + 1);
    Place { line: found.unwrap_or(place.line), ..place }
}
