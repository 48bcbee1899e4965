//! The evaluation gives the figures of the annotation guide's scorer, and says where misses and mistakes are.

// Helpers of tests may unwrap as tests do.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use pactgraph::evaluate::{self, FindingKind, Reading, Report};
use pactgraph::graph::Records;
use pactgraph::schema::Schema;
use serde_json::Value;

const GOLD: &str = "tests/data/evaluate/gold";
const FOUND: &str = "tests/data/evaluate/found";
const SCORER: &str = "../shared/tools/score.py";

fn schema() -> Schema {
    Schema::read("rules/schema.toml", &std::fs::read_to_string("rules/schema.toml").unwrap()).unwrap()
}

fn report() -> Report {
    evaluate::run(&schema(), Path::new(GOLD), Path::new(FOUND)).unwrap()
}

fn scores(report: &Report) -> Value {
    serde_json::from_str::<Value>(&report.json()).unwrap()["scores"].clone()
}

#[test]
fn the_figures_are_the_scorers() {
    let stored: Value =
        serde_json::from_str(&std::fs::read_to_string("tests/data/evaluate/expected.json").unwrap()).unwrap();
    assert_eq!(scores(&report()), stored, "against what the scorer gave once");
    if !Path::new(SCORER).exists() {
        eprintln!("{SCORER} is not here; the stored figures were compared, not those of a run");
        return;
    }
    let run = Command::new("python3").args([SCORER, GOLD, FOUND, "--json"]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(scores(&report()), serde_json::from_slice::<Value>(&run.stdout).unwrap(), "against the scorer today");
}

#[test]
fn a_gold_file_agrees_with_itself() {
    let report = evaluate::run(&schema(), Path::new(GOLD), Path::new(GOLD)).unwrap();
    assert!(report.findings.is_empty() && report.warnings.is_empty(), "{}", report.listing());
    assert_eq!((report.all_facts().f1(), report.mean_entities().f1()), (1.0, 1.0));
}

#[test]
fn records_in_memory_count_as_their_file_does() {
    let schema = schema();
    let json = std::fs::read_to_string(format!("{FOUND}/alpha.json")).unwrap();
    let records: Records = serde_json::from_str(&json).unwrap();
    let gold: Vec<Reading> = evaluate::read_gold(&schema, Path::new(GOLD)).unwrap();
    let of_file = Reading::read(&schema, "alpha", "alpha.json", &json, None).unwrap();
    let of_records = Reading::of_records(&schema, "alpha", &records);
    let json = |found: Reading| evaluate::compare(&schema, &gold[..1], &[found]).json();
    assert_eq!(json(of_file), json(of_records));
}

#[test]
fn findings_say_where_and_by_which_rule() {
    let report = report();
    let listing = report.listing();
    let lines = [
        "- tests/data/evaluate/gold/alpha.txt:7:24: Project 北峡铁路\n",
        "+ tests/data/evaluate/gold/alpha.txt:10:11: State 雁都  (gold class Place)  [lexicon:states]\n",
        "- tests/data/evaluate/gold/beta.txt:3:101: Northern Strait Railway | connects | Port Aldo\n",
        "| dateSigned | 2029-04-03  [zh.instrument.date-before-title]\n",
        "- tests/data/evaluate/gold/gamma.txt:1:1: Instrument Exchange of notes",
    ];
    for line in lines {
        assert!(listing.contains(line), "{line} is lacking in\n{listing}");
    }
    let missed = report.findings.iter().filter(|finding| finding.fact && finding.kind == FindingKind::Missed).count();
    assert_eq!(missed, report.all_facts().gold - report.all_facts().right);
    let fields = report.rules["zh.fields.list"];
    assert_eq!((fields.facts.right, fields.facts.wrong), (2, 1));
    let states = report.rules["lexicon:states"];
    assert_eq!((states.mentions.right, states.mentions.wrong), (2, 2));
    let tables = report.tables();
    let mean = tables.lines().find(|line| line.starts_with("  mean ")).unwrap();
    assert_eq!(mean.split_whitespace().collect::<Vec<_>>(), ["mean", "0.469", "0.261", "0.650", "0.667"]);
    assert!(report.warnings.iter().any(|warning| warning.message == "no extraction of gamma"));
}

fn read(json: &str) -> Result<Reading, String> {
    let text = Some(("a.txt", "甲国".to_owned()));
    Reading::read(&schema(), "a", "a.gold.json", json, text).map_err(|problem| problem.to_string())
}

#[test]
fn a_malformed_gold_file_is_refused_with_its_place() {
    let refused = |json: &str| read(json).unwrap_err().lines().next().unwrap().to_owned();
    assert_eq!(refused("{\"entities\": [],\n \"facts\": ["), "a.gold.json:2:11: error: EOF while parsing a list");
    assert_eq!(refused("{\n\"facts\": []}"), "a.gold.json:2:12: error: missing field `entities`");
    let entity = r#"{"id": "e1", "class": "State", "name": "甲国"}"#;
    assert_eq!(
        refused(&format!("{{\"entities\": [\n  {entity},\n  {entity}], \"facts\": []}}")),
        "a.gold.json:3:3: error: a second entity e1"
    );
    assert_eq!(
        refused("{\"entities\": [\n  {\"id\": \"甲\",\n   \"class\": 5, \"name\": \"\"}], \"facts\": []}"),
        "a.gold.json:3:13: error: invalid type: integer `5`, expected a string"
    );
}

#[test]
fn a_doubtful_gold_file_is_read_with_warnings() {
    let json = r#"{"entities": [
  {"id": "e1", "class": "State", "name": "甲国", "mentions": ["甲国", "乙国"]},
  {"id": "e2", "class": "Stata", "name": "甲国"}],
"facts": [
  {"p": "partyTo", "s": "e3", "o": "treaty", "evidence": "甲国"},
  {"p": "dateSinged", "s": "e1", "o": "2005", "q": {"about": ["e2", "e9"]}}]}"#;
    let warnings: Vec<String> = read(json).unwrap().warnings.iter().map(ToString::to_string).collect();
    let expected = [
        "a.gold.json:2:3: warning: the text doesn't hold \"乙国\"",
        "a.gold.json:3:3: warning: unknown class Stata",
        "a.gold.json:5:3: warning: subject e3 is no entity here",
        "a.gold.json:5:3: warning: partyTo takes an entity, and treaty is none here",
        "a.gold.json:6:3: warning: about e9, which is no entity here",
        "a.gold.json:6:3: warning: unknown predicate dateSinged",
    ];
    assert_eq!(warnings.len(), expected.len(), "{warnings:#?}");
    for (warning, expected) in warnings.iter().zip(expected) {
        assert!(warning.starts_with(expected), "{warning} for {expected}");
    }
}

#[test]
fn a_folder_without_gold_files_is_an_error() {
    let problems = evaluate::run(&schema(), Path::new("tests/data/evaluate"), Path::new(FOUND)).unwrap_err();
    assert_eq!(problems[0].message, "no gold files here");
    assert!(evaluate::run(&schema(), Path::new("nowhere"), Path::new(FOUND)).is_err());
}
