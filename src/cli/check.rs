//! `rules check`: what is wrong with rules, and what is doubtful in them.

use std::path::PathBuf;

use super::{Ending, Outcome, output, rules, snippet};
use crate::problem::Severity;
use crate::rules::check;

/// Show every error in the rules, and everything that is doubtful, with its place and what to do about it
///
/// Errors: what can't be run. Warnings: alternatives that can't win or say nothing, word lists that no pattern uses,
/// words that stand twice, names that two entries share, names of one character.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A folder of rules to lay over the embedded ones; one with a schema.toml replaces them
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let pack = rules::pack(args.dir.as_deref())?;
    let problems = check(&pack);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    output::to_stdout(|to| {
        for problem in &problems {
            let source = pack.files.get(&problem.place.file).map(String::as_str);
            let mut problem = problem.clone();
            problem.place.file = rules::shown(args.dir.as_deref(), &problem.place.file);
            writeln!(to, "{}\n", snippet::render(&problem, source))?;
        }
        writeln!(to, "{errors} errors, {} warnings", problems.len() - errors)
    })?;
    Ok(if errors > 0 { Ending::Failed } else { Ending::Done })
}
