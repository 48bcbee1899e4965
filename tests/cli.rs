//! The program as its users meet it: good input, bad input, and an output that goes away.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const TEXT: &str = "中华人民共和国和哈萨克斯坦共和国联合声明\n双方重申恪守2002年12月23日签署的《睦邻友好合作条约》。\n";
const GRAPH: &str = r#"{"schema":"pactgraph/1","documents":[],"entities":[
  {"id":"state/KZ","class":"State","is_a":["State"],"name":"哈萨克斯坦","code":"KZ","labels":{"zh":"哈萨克斯坦","en":"Kazakhstan"},"mentions":[]},
  {"id":"state/CN","class":"State","is_a":["State"],"name":"\u001b[31m中国\u202e","code":"CN","mentions":[]}],"facts":[]}"#;

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &TempDir, args: &[&str]) -> Ran {
    let output: Output = program(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    ran
}

fn program(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    command.current_dir(folder.path());
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn extract_writes_the_formats_asked_for_and_nothing_else() {
    let here = folder(&[("in/a.txt", TEXT.as_bytes())]);
    let ran = run(&here, &["extract", "in", "-o", "out"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.starts_with("documents"), "{}", ran.stdout);
    assert!(ran.stdout.contains("MB/s"), "{}", ran.stdout);
    assert_eq!(files(&here.path().join("out")), ["graph.json", "graph.ttl"]);
    let all = "json,ttl,nt,nq,trig,rdfxml,jsonld";
    assert_eq!(run(&here, &["extract", "in", "-o", "all", "--format", all]).code, Some(0));
    let wanted = ["json", "jsonld", "nq", "nt", "rdf", "trig", "ttl"].map(|ending| format!("graph.{ending}"));
    assert_eq!(files(&here.path().join("all")), wanted);
    assert_eq!(run(&here, &["extract", "in", "-o", "no", "--format", "xls"]).code, Some(2));
}

#[test]
fn each_names_files_after_documents() {
    let here =
        folder(&[("in/中哈 2005.txt", TEXT.as_bytes()), ("in/x/b.txt", TEXT.as_bytes()), ("in/y/b.md", b"another")]);
    assert_eq!(run(&here, &["extract", "in", "-o", "out", "--each", "--format", "json"]).code, Some(0));
    assert_eq!(files(&here.path().join("out")), ["x-b.json", "y-b.json", "中哈 2005.json"]);
}

#[test]
fn files_of_one_name_stay_apart_and_equal_ones_are_read_once() {
    let here = folder(&[("a/t.txt", b"one"), ("b/t.txt", b"two"), ("c/t.txt", b"one")]);
    let ran = run(&here, &["extract", "a/t.txt", "b/t.txt", "c/t.txt", "-o", "out", "--each", "--format", "json"]);
    assert!(ran.stdout.starts_with("documents                            2\n"), "{}", ran.stdout);
    let there =
        run(&here, &["extract", "c/t.txt", "b", "b/t.txt", "a/t.txt", "-o", "again", "--each", "--format", "json"]);
    assert_eq!(there.code, Some(0));
    assert_eq!(files(&here.path().join("out")).len(), 2);
    assert_eq!(files(&here.path().join("out")), files(&here.path().join("again")));
}

#[test]
fn a_bad_document_stops_no_other() {
    let mut latin = TEXT.as_bytes().to_vec();
    latin.insert(3, 0xff);
    let here = folder(&[
        ("in/good.txt", TEXT.as_bytes()),
        ("in/empty.txt", b""),
        ("in/binary.txt", b"\x7fELF\0\x01\x02\xff\xfe\0\0\0"),
        ("in/broken.txt", &latin),
    ]);
    let ran = run(&here, &["extract", "in", "missing.txt", "-o", "out"]);
    assert_eq!(ran.code, Some(1));
    for wanted in [
        "in/empty.txt: error: is empty",
        "in/binary.txt: error: is binary data",
        "in/broken.txt:1:2: warning: byte 3 is not UTF-8",
        "missing.txt: error: can't be read",
        "  help: ",
    ] {
        assert!(ran.stderr.contains(wanted), "{wanted}: {}", ran.stderr);
    }
    assert!(ran.stdout.starts_with("documents                            2\nfailed                               3\n"));
    assert_eq!(files(&here.path().join("out")), ["graph.json", "graph.ttl"]);
}

#[test]
fn nothing_to_read_is_a_failure_and_writes_nothing() {
    let here = folder(&[("in/picture.png", b"x"), ("in/.hidden.txt", b"x"), ("empty.txt", b"")]);
    for path in ["in", "missing", "empty.txt"] {
        let ran = run(&here, &["extract", path, "-o", "out"]);
        assert_eq!(ran.code, Some(2), "{path}");
        assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
        assert!(!here.path().join("out/graph.json").exists());
    }
    assert!(run(&here, &["extract", "in", "-o", "out"]).stderr.contains("has no documents in it"));
    assert_eq!(run(&here, &["extract"]).code, Some(2));
}

#[test]
fn an_output_that_cannot_be_written_is_told_and_leaves_nothing() {
    let here = folder(&[("a.txt", TEXT.as_bytes()), ("file", b"x"), ("out/graph.ttl/x", b"")]);
    let ran = run(&here, &["extract", "a.txt", "-o", "file"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("file: error: is a file"), "{}", ran.stderr);
    let ran = run(&here, &["extract", "a.txt", "-o", "out", "--format", "ttl"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("out/graph.ttl: error: can't be written"), "{}", ran.stderr);
    assert_eq!(files(&here.path().join("out")), ["graph.ttl"], "no half file is left");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let here = folder(&[("g.json", GRAPH.as_bytes())]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program(&here).args(["query", "g.json", "SELECT * { ?s ?p ?o }"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("standard output: error: can't be written: No space left"), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_ends_quietly() {
    let here = folder(&[("g.json", GRAPH.as_bytes())]);
    let cross = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let mut child = program(&here)
        .args(["query", "g.json", cross, "--format", "csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn links_in_a_circle_end() {
    let here = folder(&[("in/a.txt", TEXT.as_bytes())]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(here.path().join("in"), here.path().join("in/again")).unwrap();
    let ran = run(&here, &["extract", "in", "-o", "out"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn query_prints_aligned_tables_with_prefixes() {
    let here = folder(&[("out/graph.json", GRAPH.as_bytes())]);
    let ran = run(&here, &["query", "out", "SELECT ?s ?label { ?s rdfs:label ?label ; :code 'KZ' } ORDER BY ?label"]);
    assert_eq!(
        ran.stdout,
        "s         label\n--------  ----------\nstate:KZ  Kazakhstan\nstate:KZ  哈萨克斯坦\n(2 rows)\n"
    );
    let ran = run(&here, &["query", "out", "SELECT ?label { state:CN rdfs:label ?label }"]);
    assert_eq!(ran.stdout, "label\n----------------------\n\\u{1b}[31m中国\\u{202e}\n(1 row)\n");
    assert_eq!(run(&here, &["query", "out", "ASK { state:KZ a :State }"]).stdout, "true\n");
    let ran = run(&here, &["query", "out", "DESCRIBE state:KZ"]);
    assert!(
        ran.stdout.contains("state:KZ a ") && ran.stdout.contains("rdfs:label \"Kazakhstan\"@en"),
        "{}",
        ran.stdout
    );
    let ran = run(&here, &["query", "out", "SELECT ?c { ?s :code ?c } ORDER BY ?c", "--format", "csv"]);
    assert_eq!(ran.stdout, "c\r\nCN\r\nKZ\r\n");
    let ran = run(&here, &["query", "out", "SELECT ?c { ?s :code ?c }", "--format", "ttl"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn a_query_error_has_its_place_in_the_users_own_text() {
    let here = folder(&[("g.json", GRAPH.as_bytes()), ("q.rq", "SELECT ?s\nWHERE { ?s 中 }".as_bytes())]);
    let ran = run(&here, &["query", "g.json", "SELECT ?s WHERE { ?s foo:bar ?o }"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("query:1:"), "{}", ran.stderr);
    assert!(ran.stderr.contains("the prefix foo: is unknown"), "{}", ran.stderr);
    let ran = run(&here, &["query", "g.json", "--file", "q.rq"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("q.rq:2:"), "{}", ran.stderr);
    for path in ["missing.ttl", "q.rq", "."] {
        let ran = run(&here, &["query", path, "ASK {}"]);
        let wanted = if path == "." { Some(0) } else { Some(2) };
        assert_eq!(ran.code, wanted, "{path}: {}", ran.stderr);
    }
}

#[test]
fn a_broken_graph_is_told_with_its_place() {
    let here = folder(&[("a.json", b"{\n\"schema\": 1"), ("b.ttl", b"<a:b> <a:c>\n .\n"), ("c.nq", b"")]);
    for (file, place) in [("a.json", "a.json:2:"), ("b.ttl", "b.ttl:2:")] {
        let ran = run(&here, &["query", file, "ASK {}"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.starts_with(place), "{}", ran.stderr);
    }
    assert_eq!(run(&here, &["query", "c.nq", "ASK {}"]).code, Some(0));
}
