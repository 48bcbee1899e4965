//! What an alignment says: figures of a document, right and wrong by rule, misses and false finds.

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::Place;
use crate::schema::Schema;

use super::align::Alignment;
use super::figures::Figures;
use super::reading::{Claim, Proof, Reading, Thing};
use super::report::{CORE, DocumentFigures, Finding, FindingKind, POSITIONS, Report};
use super::words::normal;

/// Adds one document to a report.
pub(super) fn count(report: &mut Report, schema: &Schema, gold: &Reading, found: &Reading, alignment: &Alignment) {
    let entities = count_things(report, gold, found, alignment);
    let groups = count_claims(report, schema, gold, found, alignment);
    report.documents.push(DocumentFigures { name: gold.name.clone(), entities, groups });
    count_rules(report, gold, found, alignment);
    let mut findings = missed(gold, alignment);
    findings.extend(false_finds(gold, found, alignment));
    findings.sort_by(|a, b| (&a.place, a.fact, a.kind, &a.said).cmp(&(&b.place, b.fact, b.kind, &b.said)));
    report.findings.append(&mut findings);
}

fn count_things(report: &mut Report, gold: &Reading, found: &Reading, alignment: &Alignment) -> Figures {
    for thing in &gold.things {
        report.entities.entry(thing.class.clone()).or_default().gold += 1;
    }
    for (at, thing) in found.things.iter().enumerate() {
        let is_good = alignment.good[at];
        let class = match alignment.gold_of[at] {
            Some(to) if is_good => &gold.things[to].class,
            _ => &thing.class,
        };
        let figures = report.entities.entry(class.clone()).or_default();
        figures.found += 1;
        figures.right += usize::from(is_good);
    }
    let right = alignment.good.iter().filter(|good| **good).count();
    Figures { right, found: found.things.len(), gold: gold.things.len() }
}

fn count_claims(
    report: &mut Report,
    schema: &Schema,
    gold: &Reading,
    found: &Reading,
    alignment: &Alignment,
) -> BTreeMap<String, Figures> {
    let mut facts: BTreeMap<&str, Figures> = BTreeMap::new();
    for claim in &gold.claims {
        facts.entry(&claim.predicate).or_default().gold += 1;
    }
    for (claim, said) in found.claims.iter().zip(&alignment.said) {
        let figures = facts.entry(&claim.predicate).or_default();
        figures.found += 1;
        figures.right += usize::from(said.is_some());
    }
    let mut groups: BTreeMap<String, Figures> = BTreeMap::new();
    for (predicate, figures) in facts {
        report.facts.entry(predicate.to_owned()).or_default().add(figures);
        groups.entry(group_of(schema, predicate).to_owned()).or_default().add(figures);
    }
    groups
}

/// The group a predicate counts in; one with sides is a group of its own.
fn group_of<'a>(schema: &Schema, predicate: &'a str) -> &'a str {
    match schema.predicate_id(predicate).map(|id| schema.predicate(id)) {
        Some(known) if known.together.is_some() => predicate,
        Some(known) if schema.is_position(known) => POSITIONS,
        _ => CORE,
    }
}

fn count_rules(report: &mut Report, gold: &Reading, found: &Reading, alignment: &Alignment) {
    for (claim, said) in found.claims.iter().zip(&alignment.said) {
        for rule in rules(&claim.proofs) {
            report.rules.entry(rule).or_default().facts.add(said.is_some());
        }
    }
    for (at, thing) in found.things.iter().enumerate() {
        let names = alignment.gold_of[at].filter(|_| alignment.good[at]).map(|to| &gold.things[to].names);
        for proof in thing.proofs.iter().filter(|proof| !proof.rule.is_empty()) {
            let is_right = names.is_some_and(|names| names.contains_key(&normal(&proof.text)));
            report.rules.entry(proof.rule.clone()).or_default().mentions.add(is_right);
        }
    }
}

fn rules(proofs: &[Proof]) -> BTreeSet<String> {
    proofs.iter().map(|proof| proof.rule.clone()).filter(|rule| !rule.is_empty()).collect()
}

fn missed(gold: &Reading, alignment: &Alignment) -> Vec<Finding> {
    let good = alignment.gold_of.iter().zip(&alignment.good).filter_map(|(to, good)| to.filter(|_| *good));
    let good: BTreeSet<usize> = good.collect();
    let said: BTreeSet<usize> = alignment.said.iter().flatten().copied().collect();
    let readings = [gold];
    let mut findings = Vec::new();
    for (_, thing) in gold.things.iter().enumerate().filter(|(at, _)| !good.contains(at)) {
        let kind = FindingKind::Missed;
        findings.push(Finding::of_thing(kind, &gold.name, place_of(&readings, thing), thing));
    }
    for (_, claim) in gold.claims.iter().enumerate().filter(|(at, _)| !said.contains(at)) {
        findings.push(Finding::of_claim(FindingKind::Missed, gold, place(&readings, &claim.proofs), claim));
    }
    findings
}

fn false_finds(gold: &Reading, found: &Reading, alignment: &Alignment) -> Vec<Finding> {
    let readings = [found, gold];
    let mut findings = Vec::new();
    for (at, thing) in found.things.iter().enumerate().filter(|(at, _)| !alignment.good[*at]) {
        let mut finding = Finding::of_thing(FindingKind::False, &gold.name, place_of(&readings, thing), thing);
        if let Some(to) = alignment.gold_of[at] {
            finding.note = format!("gold class {}", gold.things[to].class);
        }
        findings.push(finding);
    }
    for (_, claim) in found.claims.iter().enumerate().filter(|(at, _)| alignment.said[*at].is_none()) {
        findings.push(Finding::of_claim(FindingKind::False, found, place(&readings, &claim.proofs), claim));
    }
    findings
}

impl Finding {
    fn of_thing(kind: FindingKind, document: &str, place: Place, thing: &Thing) -> Self {
        let (document, of, said) = (document.to_owned(), thing.class.clone(), thing.name.clone());
        let rules = rules(&thing.proofs).into_iter().collect();
        Self { document, place, kind, fact: false, of, said, note: String::new(), rules }
    }

    fn of_claim(kind: FindingKind, reading: &Reading, place: Place, claim: &Claim) -> Self {
        let (document, of, said) = (reading.name.clone(), claim.predicate.clone(), reading.say(claim));
        let rules = rules(&claim.proofs).into_iter().collect();
        Self { document, place, kind, fact: true, of, said, note: String::new(), rules }
    }
}

/// Where an entity is named first: by a mention or, when it has none, by its name.
fn place_of(readings: &[&Reading], thing: &Thing) -> Place {
    let name = Proof { start: None, text: thing.name.clone(), rule: String::new() };
    let proofs: Vec<Proof> = thing.proofs.iter().cloned().chain([name]).collect();
    place(readings, &proofs)
}

/// The place in the first of the readings that has the document's text.
fn place(readings: &[&Reading], proofs: &[Proof]) -> Place {
    let source = readings.iter().find_map(|reading| reading.source.as_ref());
    source.map_or_else(|| Place::file(&readings[0].name), |source| source.locate(proofs))
}
