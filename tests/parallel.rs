//! English and Chinese: every rule's examples hold, and the same content in both languages gives the same graph.

use std::path::Path;

use pactgraph::extractor::Extractor;

fn extractor() -> Extractor {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    match Extractor::load(&rules) {
        Ok(extractor) => extractor,
        Err(problems) => panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

#[test]
fn examples_hold() {
    let (count, failures) = extractor().prove(|_| true);
    let lines = failures
        .iter()
        .map(|failure| format!("{} {}: {} — {}", failure.place, failure.rule, failure.text, failure.message));
    let lines: Vec<String> = lines.collect();
    assert!(lines.is_empty(), "{} of {count} examples do not hold:\n{}", lines.len(), lines.join("\n"));
}
