//! The command line program.

fn main() -> std::process::ExitCode {
    pactgraph::cli::run()
}
