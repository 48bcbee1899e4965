//! The rules that explain the rule language in `rules/README.md` prove themselves; a language is what its folder says.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use pactgraph::document::Document;
use pactgraph::extractor::Extractor;
use pactgraph::rules::Pack;

const GUIDE: &str = include_str!("../rules/README.md");

/// The rules and acts in the guide, each as it is written.
fn entries() -> Vec<&'static str> {
    let fences = GUIDE.split("\n```toml\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    let rules = fences.filter(|fence| fence.contains("[[rule]]") || fence.contains("[[act]]"));
    let starts = |fence: &'static str| {
        let heads = fence.match_indices("[[").map(|(at, _)| at);
        heads.filter(|&at| at == 0 || fence[..at].ends_with('\n')).collect::<Vec<_>>()
    };
    rules
        .flat_map(|fence| {
            let mut ends = starts(fence);
            ends.push(fence.len());
            ends.windows(2).map(|pair| &fence[pair[0]..pair[1]]).collect::<Vec<_>>()
        })
        .collect()
}

fn id(entry: &str) -> &str {
    let line = entry.lines().find_map(|line| line.strip_prefix("id = \"")).unwrap();
    line.strip_suffix('"').unwrap()
}

#[test]
fn every_rule_of_the_guide_runs() {
    let entries = entries();
    assert!(entries.len() > 30, "the guide has lost its rules: {} left", entries.len());
    let makes = |entry: &str| entry.lines().any(|line| line.starts_with("makes = "));
    let mut pack = Pack::embedded();
    for entry in &entries {
        // The few rules of other languages say so in their ids.
        let language = if id(entry).starts_with("demo.en-") { "en" } else { "zh" };
        let stage = if makes(entry) { "mention" } else { "fact" };
        let file = pack.files.entry(format!("{language}/{stage}/readme.toml")).or_default();
        file.push_str(entry);
        file.push('\n');
    }
    let say = |problems: Vec<_>| problems.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n");
    let extractor = Extractor::new(&pack).map_err(say).unwrap_or_else(|problems| panic!("{problems}"));
    let ids: Vec<&str> = entries.iter().map(|entry| id(entry)).collect();
    let (count, failures) = extractor.prove(|id| ids.contains(&id));
    let failures: Vec<String> =
        failures.iter().map(|one| format!("{}: {}\n    {}", one.rule, one.message, one.text)).collect();
    assert!(failures.is_empty(), "of {count} examples in rules/README.md:\n{}", failures.join("\n"));
    assert!(count >= 2 * ids.len(), "{count} examples for {} rules", ids.len());
}

#[test]
fn a_language_folder_of_another_name_gives_the_same_graph() {
    let mut pack = Pack::embedded();
    let here = Extractor::new(&pack).ok().unwrap();
    pack.files = pack.files.into_iter().map(|(path, text)| (path.replacen("zh/", "elsewhere/", 1), text)).collect();
    let there = Extractor::new(&pack).ok().unwrap();
    for file in std::fs::read_dir("examples").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let document = Document { id: "doc/one".into(), source: "one.txt".into(), text };
        assert_eq!(here.extract(&document), there.extract(&document));
    }
}
