//! The tools of whoever writes rules, as they meet them: rules check, rules test, explain, evaluate.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

const DOCUMENT: &str = "中华人民共和国和哈萨克斯坦共和国联合声明\n双方同意设立中哈合作委员会。\n中方支持哈方的立场。\n中土两国是好邻居。土库曼斯坦也来了。\n今天天气很好。\n";

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &TempDir, args: &[&str]) -> Ran {
    let output = Command::cargo_bin("pactgraph").unwrap().current_dir(folder.path()).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
    assert!(!ran.stderr.contains("panicked") && !ran.stderr.contains("internal"), "{}", ran.stderr);
    ran
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// A rule file that lays one rule over the embedded ones.
fn rule(pattern: &str, more: &str) -> String {
    format!(
        "[[rule]]\nid = \"test.rule\"\npattern = \"{pattern}\"\n{more}\n\
         yes = [\"中国很大。\"]\nno = [\"今天天气很好。\"]\n"
    )
}

const FACTS: &str = "facts = [\"a cooperatesIn 'x'\"]";

#[test]
fn check_of_the_embedded_rules_ends_well_and_counts() {
    let ran = run(&folder(&[]), &["rules", "check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert!(ran.stdout.trim_end().lines().last().unwrap().starts_with("0 errors, "), "{}", ran.stdout);
}

#[test]
fn check_shows_bad_toml_with_its_place() {
    let here = folder(&[("my/zh/fact/test.toml", "[[rule]]\nid = \"x\"\npatern = \"y\"\n")]);
    let ran = run(&here, &["rules", "check", "my"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stdout.contains("--> my/zh/fact/test.toml:"), "{}", ran.stdout);
    assert!(ran.stdout.contains("patern"), "{}", ran.stdout);
}

#[test]
fn check_warns_of_what_has_no_effect() {
    let rules = rule("({a:State}|那里)很(大|大了|远|远)", &format!("{FACTS}\nkeeps = [\"a\"]"));
    let names = "id\tclass\tzh\nx-1\tPlace\t赞\nx-2\tPlace\t某某某地\nx-3\tPlace\t某某某地|某某某地\n";
    let here = folder(&[("my/zh/fact/zz-test.toml", &rules), ("my/common/zz.tsv", names)]);
    let ran = run(&here, &["rules", "check", "my"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    for wanted in [
        "the alternative 大了 can't win: 大",
        "the alternative 远 stands twice",
        "the name 赞 has one character only",
        "the name 某某某地 is one of x-2 in zz too",
        "the name 某某某地 stands twice",
    ] {
        assert!(ran.stdout.contains(wanted), "{wanted}: {}", ran.stdout);
    }
    assert!(!ran.stdout.contains("never fills a"), "an optional part may leave a role open: {}", ran.stdout);
}

#[test]
fn check_warns_of_roles_and_facts_that_an_alternative_leaves_out() {
    let more = format!("{FACTS}\nkeeps = [\"a\"]");
    let rules = rule("{a:State}很大", &more).replace("\"{a:State}很大\"", "[\"{a:State}很大\", \"那里很大\"]");
    let ran = run(&folder(&[("my/zh/fact/zz-test.toml", &rules)]), &["rules", "check", "my"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    assert!(ran.stdout.contains("an alternative never fills a, which stands under keeps"), "{}", ran.stdout);
    assert!(ran.stdout.contains("fills the roles of none of the facts"), "{}", ran.stdout);
}

#[test]
fn a_folder_that_is_none_is_told_by_every_command() {
    let here = folder(&[("a.txt", DOCUMENT), ("gold/a.gold.json", "{\"entities\":[],\"facts\":[]}")]);
    for args in [
        &["rules", "check", "nowhere"][..],
        &["rules", "test", "nowhere"],
        &["explain", "a.txt", "--find", "x", "--rules", "nowhere"],
        &["evaluate", "gold", "a.txt", "--rules", "nowhere"],
    ] {
        let ran = run(&here, args);
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.stderr.contains("nowhere: error: is no folder of rules"), "{}", ran.stderr);
    }
}

#[test]
fn test_counts_and_tells_failures_with_their_place() {
    let wrong = rule("{a:State}很小", FACTS);
    let ran = run(&folder(&[("my/zh/fact/zz-test.toml", &wrong)]), &["rules", "test", "my", "--only", "test."]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains("my/zh/fact/zz-test.toml:5: test.rule: the rule is not used\n    中国很大。"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.ends_with("1 passed, 1 failed\n"), "{}", ran.stdout);
}

#[test]
fn test_of_no_rule_and_of_rules_that_cannot_be_read_fails() {
    let here = folder(&[("my/zh/fact/zz.toml", "[[rule]\n")]);
    let none = run(&here, &["rules", "test", "--only", "nothing-begins-so"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("no rule's id begins with"), "{}", none.stderr);
    let bad = run(&here, &["rules", "test", "my"]);
    assert_eq!(bad.code, Some(2));
    assert!(bad.stderr.contains("zh/fact/zz.toml:1:"), "{}", bad.stderr);
}

#[test]
fn explain_tells_rule_slots_and_choice() {
    let here = folder(&[("a.txt", DOCUMENT)]);
    let ran = run(&here, &["explain", "a.txt", "--find", "中土"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.starts_with("a.txt at 4:1\n"), "{}", ran.stdout);
    for wanted in
        ["found by rule ", "pattern ", "b = 土", "candidate states:TR", "states:TM: the document names it most often"]
    {
        assert!(ran.stdout.contains(wanted), "{wanted}: {}", ran.stdout);
    }
}

#[test]
fn explain_tells_what_was_tried_where_nothing_was_found() {
    let here = folder(&[("a.txt", DOCUMENT)]);
    let ran = run(&here, &["explain", "a.txt", "--find", "也来了"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.contains("no fact  土库曼斯坦也来了"), "{}", ran.stdout);
    assert!(ran.stdout.contains("name 土库曼斯坦 at 4:10: lexicon states:TM"), "{}", ran.stdout);
    assert!(ran.stdout.contains("rules that were woken, but did not match:"), "{}", ran.stdout);
}

#[test]
fn explain_as_json_is_json() {
    let here = folder(&[("a.txt", DOCUMENT)]);
    let ran = run(&here, &["explain", "a.txt", "--find", "中方", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["mentions"][0]["words"]["text"], "中方");
    assert_eq!(json["mentions"][0]["entities"][0]["id"], "state/CN");
}

#[test]
fn explain_of_words_or_files_that_are_not_there_fails() {
    let here = folder(&[("a.txt", DOCUMENT), ("empty.txt", "")]);
    let words = run(&here, &["explain", "a.txt", "--find", "火星"]);
    assert_eq!((words.code, words.stdout.as_str()), (Some(2), ""));
    assert!(words.stderr.contains("a.txt: error: doesn't hold \"火星\""), "{}", words.stderr);
    for args in [["explain", "b.txt"], ["explain", "."], ["explain", "empty.txt"]] {
        let ran = run(&here, &[args[0], args[1], "--find", "中"]);
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.stderr.contains("error: "), "{}", ran.stderr);
    }
    assert_eq!(run(&here, &["explain", "a.txt", "--find", ""]).code, Some(2));
}

/// A gold file of the document's two parties and a state that it doesn't name.
const GOLD: &str = r#"{"doc":"a","entities":[
  {"id":"cn","class":"State","name":"中华人民共和国","code":"CN","mentions":["中方"]},
  {"id":"kz","class":"State","name":"哈萨克斯坦共和国","code":"KZ","mentions":["哈方"]},
  {"id":"fr","class":"State","name":"法国","code":"FR","mentions":[]}],"facts":[]}"#;

#[test]
fn evaluate_extracts_documents_and_reads_extractions_alike() {
    let here = folder(&[
        ("gold/a.gold.json", GOLD),
        ("gold/a.txt", DOCUMENT),
        ("docs/a.txt", DOCUMENT),
        ("docs/other.txt", "x"),
    ]);
    let direct = run(&here, &["evaluate", "gold", "docs"]);
    assert_eq!((direct.code, direct.stderr.as_str()), (Some(0), ""), "{}", direct.stdout);
    assert!(direct.stdout.contains("F1 of documents"), "{}", direct.stdout);
    assert_eq!(run(&here, &["extract", "docs", "--each", "-o", "out"]).code, Some(0));
    let read = run(&here, &["evaluate", "gold", "out"]);
    assert_eq!(read.stdout, direct.stdout, "the same figures either way");
    assert_eq!(run(&here, &["evaluate", "gold", "gold"]).stdout, direct.stdout, "documents beside the gold files");
    assert_eq!(run(&here, &["evaluate", "gold", "docs/a.txt"]).stdout, direct.stdout, "a single document");
}

#[test]
fn evaluate_lists_misses_and_gives_json() {
    let here = folder(&[("gold/a.gold.json", GOLD), ("docs/a.txt", DOCUMENT)]);
    let list = run(&here, &["evaluate", "gold", "docs", "--list"]).stdout;
    assert!(list.lines().any(|line| line.starts_with("- ") && line.contains("State 法国")), "{list}");
    assert!(list.lines().any(|line| line.starts_with("+ docs/a.txt:")), "{list}");
    let json = run(&here, &["evaluate", "gold", "docs", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["scores"]["entities.State"].is_object(), "{json}");
}

#[test]
fn evaluate_of_bad_input_fails() {
    let here =
        folder(&[("gold/a.gold.json", GOLD), ("bad/a.gold.json", "{\n  \"entities\": 5}"), ("docs/b.txt", DOCUMENT)]);
    fs::create_dir(here.path().join("none")).unwrap();
    for (gold, path, wanted) in [
        ("bad", "docs", "bad/a.gold.json:2:"),
        ("none", "docs", "no gold files here"),
        ("nowhere", "docs", "nowhere: error: "),
        ("gold", "nowhere", "nowhere: error: can't be read"),
        ("gold", "docs", "docs: error: nothing of a gold file here"),
    ] {
        let ran = run(&here, &["evaluate", gold, path]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{gold} {path}");
        assert!(ran.stderr.contains(wanted), "{wanted}: {}", ran.stderr);
    }
}
