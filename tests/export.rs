//! Every export, read back, says the same.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use oxrdf::{Quad, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use pactgraph::export::{self, Format, Options};
use pactgraph::graph::{Graph, Records, Value};
use pactgraph::store::{Form, Store};
use proptest::prelude::*;
use support::{records, schema};

fn bytes(format: Format, graph: &Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    export::write(format, graph, &schema(), &Options::default(), &mut bytes).unwrap();
    bytes
}

fn quads(format: Format, bytes: &[u8]) -> Vec<Quad> {
    let rdf = RdfFormat::from_media_type(format.media_type()).unwrap();
    RdfParser::from_format(rdf)
        .for_slice(bytes)
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{}: {error}", format.name()))
}

fn triples(quads: Vec<Quad>) -> BTreeSet<String> {
    quads.into_iter().map(|quad| Triple::from(quad).to_string()).collect()
}

fn syntaxes() -> impl Iterator<Item = Format> {
    Format::all().filter(|format| *format != Format::Json)
}

#[test]
fn every_syntax_says_the_same() {
    let graph = Graph::build([records()]);
    let wanted = triples(quads(Format::NTriples, &bytes(Format::NTriples, &graph)));
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("export");
    std::fs::create_dir_all(&folder).unwrap();
    for format in syntaxes() {
        let written = bytes(format, &graph);
        std::fs::write(folder.join(format!("graph.{}", format.ending())), &written).unwrap();
        let read = quads(format, &written);
        if !matches!(format, Format::NQuads | Format::TriG) {
            assert_eq!(read.len(), wanted.len(), "{} writes a statement twice", format.name());
        }
        let read = triples(read);
        // XML can't hold every control character.
        let safe = |triple: &String| triple.replace("\\u0001", "\u{fffd}");
        let wanted = if format == Format::RdfXml { wanted.iter().map(safe).collect() } else { wanted.clone() };
        let lost: Vec<_> = wanted.symmetric_difference(&read).collect();
        assert!(lost.is_empty(), "{}: {lost:#?}", format.name());
    }
    let [nq, trig] = [Format::NQuads, Format::TriG].map(|format| {
        let read = quads(format, &bytes(format, &graph));
        let distinct: BTreeSet<String> = read.iter().map(Quad::to_string).collect();
        assert_eq!(distinct.len(), read.len(), "{} writes a statement twice", format.name());
        distinct
    });
    assert_eq!(nq, trig);
}

#[test]
fn json_reads_back_as_the_same_records() {
    let graph = Graph::build([records()]);
    let read: Records = serde_json::from_slice(&bytes(Format::Json, &graph)).unwrap();
    assert_eq!(read, graph.records());
    assert_eq!(bytes(Format::Json, &Graph::build([read])), bytes(Format::Json, &graph));
}

#[test]
fn the_order_of_parts_changes_no_byte() {
    let all = records();
    let parts = |backwards: bool| {
        let mut parts: Vec<Records> = Vec::new();
        let of = |records: Records| Records { schema: all.schema.clone(), ..records };
        for document in &all.documents {
            parts.push(of(Records { documents: vec![document.clone()], ..Records::default() }));
        }
        for entity in &all.entities {
            parts.push(of(Records { entities: vec![entity.clone()], ..Records::default() }));
        }
        for fact in &all.facts {
            for evidence in &fact.evidence {
                let fact = pactgraph::graph::Fact { evidence: vec![evidence.clone()], ..fact.clone() };
                parts.push(of(Records { facts: vec![fact], ..Records::default() }));
            }
        }
        if backwards {
            parts.reverse();
        }
        Graph::build(parts)
    };
    for format in Format::all() {
        assert!(bytes(format, &parts(false)) == bytes(format, &parts(true)), "{}", format.name());
    }
}

fn answer(store: &Store, query: &str) -> String {
    let mut bytes = Vec::new();
    let answer = store.query("query", query).unwrap_or_else(|problem| panic!("{problem}"));
    answer.write(Form::Csv, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

#[test]
fn sparql_counts_what_the_graph_holds() {
    let graph = Graph::build([records()]);
    let store = Store::from_graph(&graph, &schema(), &Options::default()).unwrap();
    let count = |pattern: &str| -> usize {
        let answer = answer(&store, &format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}"));
        answer.lines().nth(1).unwrap().parse().unwrap()
    };
    assert_eq!(count("?fact a rdf:Statement"), graph.facts().count());
    assert_eq!(count("?document a :Document"), graph.documents().len());
    let places: usize = graph
        .facts()
        .map(|fact| fact.evidence.chunk_by(|a, b| (&a.document, a.start) == (&b.document, b.start)).count())
        .sum();
    assert_eq!(count("?annotation a oa:Annotation"), places);
    for predicate in &schema().predicates {
        let facts = graph.facts().filter(|fact| fact.predicate == predicate.name);
        assert_eq!(count(&format!("?fact rdf:predicate :{}", predicate.name)), facts.count(), "{}", predicate.name);
    }
    assert_eq!(store.len(), triples(quads(Format::NQuads, &bytes(Format::NQuads, &graph))).len());
    // A fact of two documents is one triple, and stands in both documents' graphs.
    assert_eq!(count("state:CN :partyTo ?treaty"), 1);
    assert_eq!(count("GRAPH ?document { state:CN :partyTo ?treaty }"), 2);
}

#[test]
fn claims_plans_and_denials_are_no_plain_triples() {
    let graph = Graph::build([records()]);
    let store = Store::from_graph(&graph, &schema(), &Options::default()).unwrap();
    for pattern in ["?s :opposes ?o", "?s :partOf ?o", "?s :implements ?o", "?s :memberOf ?o"] {
        assert!(answer(&store, &format!("ASK {{ {pattern} }}")).starts_with("false"), "{pattern}");
        let predicate = pattern.split(' ').nth(1).unwrap();
        assert!(answer(&store, &format!("ASK {{ ?fact rdf:predicate {predicate} }}")).starts_with("true"), "{pattern}");
    }
}

#[test]
fn evidence_and_dates_are_typed() {
    let graph = Graph::build([records()]);
    let store = Store::from_graph(&graph, &schema(), &Options::default()).unwrap();
    let quote = "SELECT ?exact ?start ?rule ?type { ?fact rdf:predicate :dateSigned ; rdf:object ?date ; :evidence ?place .
        ?place :rule ?rule ; oa:hasTarget/oa:hasSelector ?position, ?quote . ?position oa:start ?start . ?quote oa:exact ?exact
        BIND(DATATYPE(?date) AS ?type) }";
    let wanted = "exact,start,rule,type\n2002年12月23日签署,20,r.date,http://www.w3.org/2001/XMLSchema#date\n";
    assert_eq!(answer(&store, quote), wanted);
    let types = answer(&store, "SELECT ?type { ?s :coversPeriod ?o BIND(DATATYPE(?o) AS ?type) }");
    assert!(types.contains("http://id.loc.gov/datatypes/edtf/EDTF"), "{types}");
    let languages = answer(&store, "SELECT ?l { ?f rdf:predicate :opposes ; rdf:object ?o BIND(LANG(?o) AS ?l) }");
    assert_eq!(languages, "l\nzh\n");
}

#[test]
fn a_folder_of_any_syntax_answers_alike() {
    let graph = Graph::build([records()]);
    let query = "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?s ?label";
    let wanted = answer(&Store::from_graph(&graph, &schema(), &Options::default()).unwrap(), query);
    assert!(wanted.contains("中国"));
    for format in Format::all() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(format!("graph.{}", format.ending())), bytes(format, &graph)).unwrap();
        let store =
            Store::load(folder.path(), &schema(), &Options::default()).unwrap_or_else(|problem| panic!("{problem}"));
        let read = answer(&store, query);
        let wanted = if format == Format::RdfXml { wanted.replace('\u{1}', "\u{fffd}") } else { wanted.clone() };
        assert_eq!(read, wanted, "{}", format.name());
    }
}

/// How long it takes, for whoever wants to know: `cargo test --release --test export -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check"]
fn speed_over_100_000_facts() {
    let mut all = records();
    let (entity, fact) = (all.entities[2].clone(), all.facts[0].clone());
    for number in 0..100_000u64 {
        let id = format!("instrument/条约-{number}");
        let mut entity =
            pactgraph::graph::Entity {
                id: id.clone(), name: format!("睦邻友好合作条约{number}"), ..entity.clone()
            };
        let mut evidence = fact.evidence[0].clone();
        (evidence.start, evidence.end) = (number * 10, number * 10 + 2);
        entity.mentions = vec![evidence.clone()];
        all.entities.push(entity);
        all.facts.push(pactgraph::graph::Fact { object: Value::Entity(id), evidence: vec![evidence], ..fact.clone() });
    }
    let graph = Graph::build([all]);
    let started = std::time::Instant::now();
    let (schema, options, mut count) = (schema(), Options::default(), 0);
    let statements = export::rdf::Statements::new(&graph, &schema, &options);
    let indexed = started.elapsed().as_secs_f64();
    let mut sink = |_: oxrdf::QuadRef<'_>| {
        count += 1;
        Ok(())
    };
    statements.triples(&mut sink).unwrap();
    println!(
        "{count} statements, indexed in {indexed:.2} s, made in {:.2} s",
        started.elapsed().as_secs_f64() - indexed
    );
    for format in Format::all() {
        let started = std::time::Instant::now();
        let length = bytes(format, &graph).len();
        println!("{:<8}{:>6.2} s{:>8.1} MB", format.name(), started.elapsed().as_secs_f64(), length as f64 / 1e6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_spoils_a_file(odd in "\\PC{0,12}|[\\x00-\\x7f]{0,12}|[\\u{80}-\\u{ffff}]{0,12}") {
        let mut records = records();
        let id = format!("instrument/{odd}");
        for entity in records.entities.iter_mut().filter(|entity| entity.class == "Instrument") {
            entity.id = id.clone();
            entity.name = odd.clone();
            entity.labels.insert(odd.clone(), odd.clone());
            entity.attributes.insert(odd.clone(), odd.clone());
            entity.same_as.push(odd.clone());
        }
        for fact in &mut records.facts {
            match &mut fact.object {
                Value::Entity(object) if object.starts_with("instrument/") => *object = id.clone(),
                Value::Text(text) | Value::Date(text) => *text = odd.clone(),
                Value::Entity(_) => {}
            }
            if fact.subject.starts_with("instrument/") {
                fact.subject = id.clone();
            }
            for evidence in &mut fact.evidence {
                evidence.text = odd.clone();
                evidence.rule = odd.clone();
            }
        }
        records.documents[0].title = odd.clone();
        records.documents[0].language = odd.clone();
        records.documents[0].date = odd;
        let graph = Graph::build([records]);
        let wanted = triples(quads(Format::NTriples, &bytes(Format::NTriples, &graph)));
        for format in syntaxes() {
            let read = triples(quads(format, &bytes(format, &graph)));
            if format != Format::RdfXml {
                let lost: Vec<_> = wanted.symmetric_difference(&read).take(4).collect();
                prop_assert!(lost.is_empty(), "{}: {:#?}", format.name(), lost);
            }
        }
    }
}
