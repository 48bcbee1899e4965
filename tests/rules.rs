//! The rules prove themselves: the embedded pack has no errors, and every example holds with all of it loaded.

// Helpers of tests may unwrap as tests do.
#![allow(clippy::unwrap_used)]

use pactgraph::extractor::Extractor;
use pactgraph::problem::Severity;
use pactgraph::rules::{Pack, check};

fn extractor() -> Extractor {
    Extractor::embedded().unwrap_or_else(|problems| panic!("{}", said(problems.iter())))
}

fn said<T: ToString>(all: impl Iterator<Item = T>) -> String {
    all.map(|one| one.to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_embedded_rules_have_no_errors() {
    let problems = check(&Pack::embedded());
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    assert_eq!(said(errors), "");
}

#[test]
fn every_rule_and_act_has_a_yes_and_a_no() {
    let extractor = extractor();
    for language in &extractor.rules().languages {
        let rules = language.rules.iter().map(|rule| (&rule.id, &rule.yes, &rule.no));
        let acts = language.acts.iter().map(|act| (&act.id, &act.yes, &act.no));
        for (id, yes, no) in rules.chain(acts) {
            assert!(!yes.is_empty() && !no.is_empty(), "{id} has no yes or no no");
        }
    }
}

#[test]
fn every_example_holds() {
    let (count, failures) = extractor().prove(|_| true);
    assert!(count > 0, "there are examples");
    let failures = failures.iter().map(|one| format!("{}: {}: {}\n    {}", one.place, one.rule, one.message, one.text));
    assert_eq!(said(failures), "", "see `pactgraph rules test`");
}
