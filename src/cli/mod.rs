//! The command line: one file a command, and one place that turns what happened into words and an exit code.

mod check;
mod evaluate;
mod explain;
mod extract;
mod output;
mod prove;
mod query;
mod rules;
mod snippet;
mod summary;

use std::io;
use std::panic;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::problem::Problem;

/// How a command ended; all exit codes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// All was done.
    Done = 0,
    /// Some of it was done: documents failed, or a rule's test.
    Partly = 1,
    /// Nothing was done: wrong usage, bad rules, a bad query, an output that can't be written.
    Failed = 2,
}

const EXIT_CODES: &str = "Exit codes:
  0  all was done
  1  some documents or rule tests failed; the others were done
  2  nothing was done: wrong usage, unreadable input, bad rules, a bad query, or an output that can't be written";

/// Reads diplomatic documents and writes down what they say as a knowledge graph.
#[derive(Parser)]
#[command(name = "pactgraph", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Args),
    Query(query::Args),
    Evaluate(evaluate::Args),
    Explain(explain::Args),
    #[command(subcommand)]
    Rules(Rules),
}

/// Check and test rules
#[derive(Subcommand)]
enum Rules {
    Check(check::Args),
    Test(prove::Args),
}

/// Why a command failed as a whole.
#[derive(Debug)]
enum Failure {
    /// Everything that is wrong; each is shown.
    Problems(Vec<Problem>),
    /// The reader of our output has gone; nobody is left to tell.
    ClosedPipe,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Problems(problems)
    }
}

/// Errors of standard output; those of files become problems where the file is known.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => output::unwritable("standard output", &error).into(),
        }
    }
}

type Outcome = Result<Ending, Failure>;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(|| match cli.command {
        Command::Extract(args) => extract::run(args),
        Command::Query(args) => query::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(Rules::Check(args)) => check::run(&args),
        Command::Rules(Rules::Test(args)) => prove::run(&args),
    });
    let ending = match outcome {
        Ok(Ok(ending)) => ending,
        Ok(Err(Failure::ClosedPipe)) => Ending::Done,
        Ok(Err(Failure::Problems(problems))) => {
            problems.iter().for_each(output::report);
            Ending::Failed
        }
        Err(_) => {
            output::report(&output::internal("pactgraph", "the program stopped"));
            Ending::Failed
        }
    };
    ExitCode::from(ending as u8)
}
