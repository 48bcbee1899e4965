//! `extract`: documents in, one graph out (or one a document).

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::summary::{Counts, Summary};
use super::{Ending, Failure, Outcome, output, rules};
use crate::document::{self, Document, Source};
use crate::export::{self, Format, Options, rdf};
use crate::extractor::Extractor;
use crate::graph::{Graph, Records};
use crate::problem::Problem;

/// Below this many bytes a run is over before a progress bar could be read.
const WORTH_A_BAR: u64 = 4_000_000;

/// Read documents and write the graph of what they say
///
/// Writes graph.json and graph.ttl (see --format), or with --each one file a document. A folder gives its .txt, .text
/// and .md files, at any depth. Files in other encodings than UTF-8 are decoded by their likeliest encoding.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Documents, and folders of documents
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write to; made if it isn't there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Formats to write, with commas between
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "json,ttl", value_parser = formats())]
    format: Vec<Format>,
    /// Write one file a document, named after it, instead of one merged graph
    #[arg(long)]
    each: bool,
    /// A folder of rules to lay over the embedded ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// The namespace of entities, documents and facts in RDF
    #[arg(long, value_name = "IRI", value_parser = rdf::check_base)]
    base: Option<String>,
    /// How many documents to read at a time; 0 is one a core
    #[arg(long, value_name = "N", default_value_t = 0)]
    jobs: usize,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::all().map(Format::name)).map(|name| Format::named(&name).unwrap_or(Format::Json))
}

pub(super) fn run(args: Args) -> Outcome {
    let started = Instant::now();
    let extractor = rules::extractor(args.rules.as_deref())?;
    let (sources, missing) = document::find(&args.paths);
    missing.iter().for_each(output::report);
    if sources.is_empty() {
        return Ok(Ending::Failed);
    }
    output::make_folder(&args.output)?;
    let options = Options { base: args.base };
    let formats = args.format.iter().copied().collect();
    let job = Job { extractor, options, formats, folder: args.output, names: args.each.then(|| names(&sources)) };
    let read = job.read_all(&sources, args.jobs)?;
    let mut summary = Summary { failed: missing.len(), ..Summary::default() };
    let records = tally(read, &mut summary);
    if summary.documents == 0 {
        return Ok(Ending::Failed);
    }
    if job.names.is_none() {
        let graph = Graph::build(records);
        summary.counts = Counts::of(&graph);
        job.write(&graph, "graph")?;
    }
    summary.seconds = started.elapsed().as_secs_f64();
    output::to_stdout(|to| summary.write(to)).map_err(Failure::from)?;
    Ok(if summary.failed > 0 { Ending::Partly } else { Ending::Done })
}

/// Shows what was wrong, counts, and gives back what is still to be merged.
fn tally(read: Vec<Read>, summary: &mut Summary) -> Vec<Records> {
    let mut records = Vec::new();
    for one in read {
        one.problems.iter().for_each(output::report);
        match one.result {
            Some(Said::Records(said)) => records.push(said),
            Some(Said::Counts(counts)) => summary.counts.add(&counts),
            None => {
                summary.failed += 1;
                continue;
            }
        }
        summary.documents += 1;
        summary.bytes += one.bytes;
    }
    records
}

/// What one document gave.
struct Read {
    bytes: usize,
    problems: Vec<Problem>,
    result: Option<Said>,
}

enum Said {
    /// To be merged.
    Records(Records),
    /// Already written.
    Counts(Counts),
}

struct Job {
    extractor: Extractor,
    options: Options,
    formats: BTreeSet<Format>,
    folder: PathBuf,
    /// With `--each`, the names of the files to write, by document id.
    names: Option<BTreeMap<String, String>>,
}

impl Job {
    /// Reads all sources in parallel; the results stand in the order of the sources. Only as many texts are in memory
    /// as there are threads. An output that can't be written ends the run.
    fn read_all(&self, sources: &[Source], jobs: usize) -> Result<Vec<Read>, Problem> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        let pool = pool.map_err(|error| output::internal("--jobs", &error.to_string()))?;
        let bar = progress(sources);
        let read = pool.install(|| {
            let each = sources.par_iter().with_max_len(1);
            each.map(|source| {
                let read = self.read(source)?;
                bar.inc(size(source));
                Ok(read)
            })
            .collect()
        });
        bar.finish_and_clear();
        read
    }

    fn read(&self, source: &Source) -> Result<Read, Problem> {
        let (document, mut problems) = match Document::read(source) {
            Ok(read) => read,
            Err(problem) => return Ok(Read { bytes: 0, problems: vec![problem], result: None }),
        };
        let bytes = document.text.len();
        let records = match panic::catch_unwind(AssertUnwindSafe(|| self.extractor.extract(&document))) {
            Ok(records) => records,
            Err(_) => {
                problems.push(output::internal(&source.shown, "the document could not be extracted"));
                return Ok(Read { bytes, problems, result: None });
            }
        };
        drop(document);
        let result = match self.names.as_ref().and_then(|names| names.get(&source.id)) {
            None => Said::Records(records),
            Some(name) => {
                let graph = Graph::build([records]);
                self.write(&graph, name)?;
                Said::Counts(Counts::of(&graph))
            }
        };
        Ok(Read { bytes, problems, result: Some(result) })
    }

    fn write(&self, graph: &Graph, name: &str) -> Result<(), Problem> {
        for &format in &self.formats {
            let path = self.folder.join(format!("{name}.{}", format.ending()));
            output::write_file(&path, |to| export::write(format, graph, self.extractor.schema(), &self.options, to))?;
        }
        Ok(())
    }
}

/// A bar on standard error where a person looks and has to wait.
fn progress(sources: &[Source]) -> ProgressBar {
    let total: u64 = sources.iter().map(size).sum();
    if total < WORTH_A_BAR {
        return ProgressBar::hidden();
    }
    // The target hides itself when standard error is no terminal.
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Bytes of the file; 0 when that can't be told.
fn size(source: &Source) -> u64 {
    std::fs::metadata(&source.path).map_or(0, |about| about.len())
}

/// Names of files by document id: the stem of the document's file; of files with one stem, the ids without `doc/`.
fn names(sources: &[Source]) -> BTreeMap<String, String> {
    let stem = |source: &Source| source.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources {
        *uses.entry(stem(source).to_lowercase()).or_default() += 1;
    }
    let mut taken: BTreeSet<String> =
        uses.iter().filter(|(_, uses)| **uses == 1).map(|(stem, _)| stem.clone()).collect();
    let mut names = BTreeMap::new();
    for source in sources {
        let mut name = stem(source);
        if uses[&name.to_lowercase()] > 1 {
            name = Path::new(&source.id).file_name().unwrap_or_default().to_string_lossy().into_owned();
            while !taken.insert(name.to_lowercase()) {
                name.push('-');
            }
        }
        names.insert(source.id.clone(), name);
    }
    names
}
