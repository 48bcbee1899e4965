//! The committed `output/` is what the program makes of `examples/` today.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::Command;

const REMEDY: &str = "run the README's first command: cargo run --release -- extract examples -o output";

#[test]
fn the_committed_output_is_fresh() {
    let here = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_pactgraph"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["extract", "examples", "-o"])
        .arg(here.path())
        .args(["--format", "json,ttl"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    for name in ["graph.json", "graph.ttl"] {
        let fresh = fs::read(here.path().join(name)).unwrap();
        let kept = fs::read(format!("{}/output/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap_or_default();
        assert!(kept == fresh, "output/{name} is out of date; {REMEDY}");
    }
}

#[test]
fn documents_are_named_as_given() {
    let json = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/output/graph.json")).expect(REMEDY);
    let graph: serde_json::Value = serde_json::from_str(&json).unwrap();
    for document in graph["documents"].as_array().unwrap() {
        let source = document["source"].as_str().unwrap();
        assert!(source.starts_with("examples/"), "{source} depends on the machine");
    }
}
