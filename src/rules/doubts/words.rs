//! Doubts about word lists: those that nothing uses, and words that stand twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use toml::Spanned;

use super::super::compile::Source;
use super::super::pattern::{self, Node};
use super::super::written::{self, Words};
use super::Doubts;
use crate::problem::Place;

impl<'a> Doubts<'a> {
    pub(super) fn lists(&mut self, name: &str, files: &[(Source, written::File)]) {
        let path = format!("{name}/words.toml");
        let Some(text) = self.pack.files.get(&path) else { return };
        let Ok(written) = toml::from_str::<written::WordsFile>(text) else { return };
        let source = Source { file: &path, text };
        let used = used(files);
        for (name, words) in &written.words {
            let span = words.span();
            if !used.contains(name) {
                self.warn(
                    key(source, name, span.start),
                    format!("no pattern uses <{name}>"),
                    "use the list, or leave it out",
                );
            }
            self.twice(source, span, words.get_ref());
        }
    }

    /// Words of a list that are the same to the matcher.
    fn twice(&mut self, source: Source, span: std::ops::Range<usize>, words: &Words) {
        let words: Vec<&String> = match words {
            Words::Plain(words) => words.iter().collect(),
            Words::Valued(words) => words.keys().collect(),
        };
        let mut known: HashMap<String, &String> = HashMap::new();
        let mut seen: BTreeMap<&String, usize> = BTreeMap::new();
        for word in words {
            let place = occurrence(source, &span, word, seen.get(word).copied().unwrap_or(0));
            *seen.entry(word).or_default() += 1;
            if let Some(other) = known.insert(self.set.folder.fold_name(word).into_owned(), word) {
                let message = match other == word {
                    true => format!("{word} stands twice in the list"),
                    false => format!("{word} is read as {other}, which stands in the list too"),
                };
                self.warn(place, message, "leave one of the two out");
            }
        }
    }

    /// Triggers that open two kinds of position: only the first of them is ever opened.
    pub(super) fn triggers(&mut self, files: &[(Source, written::File)]) {
        let mut known: HashMap<String, String> = HashMap::new();
        for (source, file) in files {
            for act in &file.act {
                let span = act.span();
                let act = act.get_ref();
                for trigger in &act.triggers {
                    let folded = self.set.folder.fold_name(trigger).into_owned();
                    if let Some(other) = known.insert(folded, act.id.get_ref().clone()) {
                        let message = format!("{trigger} opens {other} already");
                        let place = occurrence(*source, &span, trigger, usize::from(other == *act.id.get_ref()));
                        self.warn(place, message, "leave it out of one of the two");
                    }
                }
            }
        }
    }
}

/// The names of all lists that patterns use.
fn used(files: &[(Source, written::File)]) -> HashSet<String> {
    let mut names = HashSet::new();
    for (_, file) in files {
        let rules = file.rule.iter().flat_map(|rule| rule.get_ref().pattern.get_ref().all());
        let acts = file.act.iter().flat_map(|act| &act.get_ref().unless).map(Spanned::get_ref);
        let frames = file.frame.iter().flat_map(|frame| frame.get_ref().patterns()).map(Spanned::get_ref);
        for written in rules.chain(acts).chain(frames) {
            if let Ok(node) = pattern::parse(written) {
                collect(&node, &mut names);
            }
        }
    }
    names
}

fn collect(node: &Node, names: &mut HashSet<String>) {
    match node {
        Node::Words(name) => drop(names.insert(name.clone())),
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().for_each(|part| collect(part, names)),
        Node::Repeat(inner, _) | Node::Capture(_, inner) | Node::Not(inner) => collect(inner, names),
        _ => {}
    }
}

/// Where the key before a value stands.
fn key(source: Source, name: &str, value: usize) -> Place {
    source.at(source.text[..value].rfind(name).unwrap_or(value))
}

/// Where a quoted word stands in a span for the time `number`, from 0.
fn occurrence(source: Source, span: &std::ops::Range<usize>, word: &str, number: usize) -> Place {
    let quoted = [format!("\"{word}\""), format!("'{word}'")];
    let text = &source.text[span.clone()];
    let mut places: Vec<usize> =
        quoted.iter().flat_map(|quoted| text.match_indices(quoted).map(|(at, _)| at + 1)).collect();
    places.sort_unstable();
    source.at(span.start + places.get(number).or(places.first()).copied().unwrap_or(0))
}
