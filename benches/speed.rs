//! Speed on one core, in one run: a bare scan of the lexicon against the whole chain from bytes to records; start-up
//! time and memory.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use pactgraph::document::{Document, decode};
use pactgraph::extractor::Extractor;

const NEWS: &str = "../shared/bench/news-zh.jsonl";
const SAMPLES: &str = "examples";
/// The sample documents are repeated up to this many bytes.
const SAMPLE_BYTES: usize = 2_000_000;
const RUNS: usize = 5;

/// Texts to run over, and what they are.
struct Corpus {
    name: String,
    texts: Vec<String>,
}

fn main() {
    // `cargo test --benches` runs this too, with --test; it only has to build then.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let (start_up, extractor) = start_up();
    println!("start-up of the embedded rules   {:>9.1} ms (median of {RUNS})", start_up.as_secs_f64() * 1e3);
    println!("memory after start-up            {:>9} (VmHWM)", peak());
    for corpus in [news(), samples()].into_iter().flatten() {
        measure(&extractor, &corpus);
    }
    println!("memory at the end                {:>9} (VmHWM; all corpora are in memory)", peak());
}

fn start_up() -> (Duration, Extractor) {
    let mut times = Vec::new();
    let mut ready = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let extractor = Extractor::embedded().unwrap_or_else(|problems| {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            std::process::exit(1);
        });
        times.push(start.elapsed());
        ready = Some(extractor);
    }
    (median(times), ready.expect("it was made five times"))
}

/// Runs the two by turns, so that what disturbs the machine disturbs both.
fn measure(extractor: &Extractor, corpus: &Corpus) {
    let bytes: usize = corpus.texts.iter().map(String::len).sum();
    let (mut scans, mut chains, mut hits, mut facts) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        hits = corpus.texts.iter().map(|text| black_box(extractor.bare_scan(text))).sum();
        scans.push(start.elapsed());
        let start = Instant::now();
        facts = corpus.texts.iter().map(|text| chain(extractor, text.as_bytes())).sum();
        chains.push(start.elapsed());
    }
    let rate = |times: Vec<Duration>| bytes as f64 / 1e6 / median(times).as_secs_f64();
    let (scan, chain) = (rate(scans), rate(chains));
    println!("\n{} ({:.1} MB, {} documents)", corpus.name, bytes as f64 / 1e6, corpus.texts.len());
    println!("  bare scan of the lexicon       {scan:>9.1} MB/s ({hits} hits)");
    println!("  whole chain, bytes to records  {chain:>9.1} MB/s ({facts} facts)");
    println!("  chain / scan                   {:>9.3}", chain / scan);
}

/// From bytes to records; how many facts there are.
fn chain(extractor: &Extractor, bytes: &[u8]) -> usize {
    let Ok((text, _)) = decode("bench", bytes.to_vec()) else { return 0 };
    let document = Document { id: "doc/bench".into(), source: "bench".into(), text };
    black_box(extractor.extract(&document)).facts.len()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The news texts, where they are at hand; they are in no repository.
fn news() -> Option<Corpus> {
    let Ok(lines) = std::fs::read_to_string(NEWS) else {
        println!("\n{NEWS} is not here: skipped");
        return None;
    };
    let texts = lines.lines().filter_map(|line| {
        let article: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(article["text"].as_str()?.to_owned())
    });
    Some(Corpus { name: "news-zh.jsonl".into(), texts: texts.collect() })
}

/// The sample documents, over and over.
fn samples() -> Option<Corpus> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLES)).ok()?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let texts: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    if bytes == 0 {
        println!("\nno sample in {SAMPLES}: skipped");
        return None;
    }
    let times = SAMPLE_BYTES.div_ceil(bytes);
    let texts = (0..times).flat_map(|_| texts.clone()).collect();
    Some(Corpus { name: format!("sample documents, {times} times"), texts })
}

/// The most memory that the process has had, as Linux counts it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<f64> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1024.0))
}
