//! Rules prove themselves: every `yes` and `no`, with the whole set loaded.

use rayon::prelude::*;

use super::{Analysis, Extractor};
use crate::document::Document;
use crate::fact::{Object, Reader};
use crate::mention::{Finder, Place};
use crate::problem::Place as FilePlace;
use crate::rules::{FullExample, LanguageRules};

/// An example that does not hold.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where the rule is written.
    pub place: FilePlace,
    /// The rule.
    pub rule: String,
    /// The text.
    pub text: String,
    /// What is wrong.
    pub message: String,
}

/// What an example belongs to.
#[derive(Clone, Copy)]
struct Subject<'a> {
    reader: Reader,
    id: &'a str,
    place: &'a FilePlace,
}

/// All rules and acts of a language, each with its `yes` and its `no`.
fn subjects(rules: &LanguageRules) -> impl Iterator<Item = (Subject<'_>, &[FullExample], &[FullExample])> {
    let read = rules.rules.iter().enumerate().map(|(number, rule)| {
        let subject = Subject { reader: Reader::Rule(number), id: &rule.id, place: &rule.place };
        (subject, &*rule.yes, &*rule.no)
    });
    read.chain(rules.acts.iter().enumerate().map(|(number, act)| {
        let subject = Subject { reader: Reader::Act(number), id: &act.id, place: &act.place };
        (subject, &*act.yes, &*act.no)
    }))
}

impl Extractor {
    /// Runs every example whose rule passes, on all cores; how many there were, and those that don't hold, in order.
    pub fn prove(&self, wanted: impl Fn(&str) -> bool) -> (usize, Vec<Failure>) {
        let mut examples = Vec::new();
        for language in &self.set.languages {
            for (subject, yes, no) in subjects(language).filter(|(subject, ..)| wanted(subject.id)) {
                let yes = yes.iter().map(|one| (one, true));
                examples.extend(yes.chain(no.iter().map(|one| (one, false))).map(|one| (language, subject, one)));
            }
        }
        let failures = examples.par_iter().filter_map(|&(language, subject, (example, expected))| {
            let message = self.wrong(language, subject.reader, example, expected)?;
            let (place, rule, text) = (subject.place.clone(), subject.id.to_owned(), example.text.clone());
            Some(Failure { place, rule, text, message })
        });
        (examples.len(), failures.collect())
    }

    /// What is wrong with an example, if anything.
    fn wrong(&self, language: &LanguageRules, reader: Reader, example: &FullExample, expected: bool) -> Option<String> {
        let document = Document { id: "doc/example".into(), source: "example".into(), text: example.text.clone() };
        let analysis = self.analyse(&document, &example.parties);
        if analysis.rules.language.code != language.language.code {
            return Some(format!("the text is read as {}", analysis.rules.language.code));
        }
        let used = analysis.uses(reader);
        let facts = self.facts(&document, &analysis);
        let mentions = self.mentions(&analysis);
        let lists = example
            .facts
            .iter()
            .map(|fact| (fact, &facts))
            .chain(example.mentions.iter().map(|mention| (mention, &mentions)));
        let listed = |found: &Vec<String>, one: &String| found.iter().any(|other| other == one);
        match expected {
            true if !used => Some("the rule is not used".into()),
            true => lists
                .filter(|(one, found)| !listed(found, one))
                .map(|(one, found)| format!("{one} is not found, but: {}", found.join("; ")))
                .next(),
            false if example.facts.is_empty() && example.mentions.is_empty() => used.then(|| "the rule is used".into()),
            false => lists.filter(|(one, found)| listed(found, one)).map(|(one, _)| format!("{one} is found")).next(),
        }
    }

    /// Facts as `subject predicate object`, by names.
    fn facts(&self, document: &Document, analysis: &Analysis) -> Vec<String> {
        let records = super::records::write(document, &self.set, analysis);
        let name = |id: &str| {
            records.entities.iter().find(|entity| entity.id == id).map_or(id, |entity| entity.name.as_str()).to_owned()
        };
        let facts = records.facts.iter().map(|fact| {
            let object = match &fact.object {
                crate::graph::Value::Entity(id) => name(id),
                crate::graph::Value::Date(text) | crate::graph::Value::Text(text) => text.clone(),
            };
            format!("{} {} {object}", name(&fact.subject), fact.predicate)
        });
        facts.collect()
    }

    /// Mentions as `Class text`, with the normal form for those that have one.
    fn mentions(&self, analysis: &Analysis) -> Vec<String> {
        let resolved = &analysis.resolved;
        let seen = resolved.lattice.mentions.iter().zip(&resolved.places).filter(|(_, place)| **place != Place::Hidden);
        seen.map(|(mention, _)| {
            let text = match &mention.meaning {
                crate::mention::Meaning::Value(value) => value.as_str(),
                _ => mention.span.of(analysis.text.as_str()),
            };
            format!("{} {text}", self.set.schema.class(mention.class).name)
        })
        .collect()
    }
}

impl Analysis<'_> {
    /// Whether something in the result was read by a rule or act.
    fn uses(&self, reader: Reader) -> bool {
        let resolved = &self.resolved;
        let made = |number: usize| {
            let part_of_seen = |index: usize| {
                let seen = |(outer, place): (&crate::mention::Mention, &Place)| {
                    *place != Place::Hidden && outer.is_made_of(index, &resolved.lattice.mentions)
                };
                resolved.lattice.mentions.iter().zip(&resolved.places).any(seen)
            };
            resolved.lattice.mentions.iter().enumerate().any(|(index, mention)| {
                let by = matches!(mention.finder, Finder::Rule(rule) | Finder::Document(rule) if rule == number);
                by && (resolved.places[index] != Place::Hidden || part_of_seen(index))
            })
        };
        let told = |number: usize| resolved.party_sources.iter().any(|(rule, _)| *rule == number);
        let read = self.facts.iter().any(|fact| {
            fact.reader == reader && !matches!(fact.object, Object::Entity(entity) if entity == fact.subject)
        });
        read || matches!(reader, Reader::Rule(number) if made(number) || told(number))
    }
}
