//! Names that the document itself gives: defined terms, and the last part of a longer name.

use std::collections::HashSet;

use crate::mention::{Field, Filling, Finder, Lattice, Meaning, Mention, Reference, Scan, Scratch, matches, units};
use crate::rules::{LanguageRules, RuleSet};
use crate::span::Span;
use crate::text::Text;

/// A name and what it stands for from `from` on.
struct Term {
    name: String,
    from: u32,
    rule: usize,
    stands_for: Vec<usize>,
}

/// Adds a mention wherever a name that the document gives stands; whether there was any.
pub(super) fn define(
    text: &Text,
    set: &RuleSet,
    rules: &LanguageRules,
    lattice: &mut Lattice,
    scan: &Scan,
    scratch: &mut Scratch,
) -> bool {
    let mut terms = defined(text, set, rules, lattice, scan, scratch);
    terms.extend(parts(rules, lattice));
    let mut known: HashSet<Span> = HashSet::new();
    let before = lattice.mentions.len();
    for term in &terms {
        let (of, first) = (lattice.mentions[term.stands_for[0]].of, lattice.mentions[term.stands_for[0]].class);
        let (class, meaning) = match term.stands_for.as_slice() {
            [one] => (first, Meaning::Same(*one)),
            several => match set.schema.classes.iter().position(|class| class.plural) {
                Some(plural) => (
                    crate::schema::ClassId(plural as u8),
                    Meaning::Several(several.iter().map(|&index| Reference::Mention(index)).collect()),
                ),
                None => continue,
            },
        };
        for (at, found) in text.as_str()[term.from as usize..].match_indices(&term.name) {
            let start = term.from + at as u32;
            let span = Span::new(start, start + found.len() as u32);
            let whole = rules.language.is_whole(text.as_str(), span.start as usize, span.end as usize);
            if whole && known.insert(span) {
                lattice
                    .mentions
                    .push(Mention { of, ..Mention::new(span, class, Finder::Document(term.rule), meaning.clone()) });
            }
        }
    }
    lattice.mentions.len() > before
}

fn defined(
    text: &Text,
    set: &RuleSet,
    rules: &LanguageRules,
    lattice: &Lattice,
    scan: &Scan,
    scratch: &mut Scratch,
) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for (number, rule) in rules.rules.iter().enumerate() {
        let Some((name, of)) = rule.defines else { continue };
        let field = Field { text: text.as_str(), small: text.small(), lattice, rules, schema: &set.schema };
        for unit in units(text, rules, number, lattice, scan) {
            for one in matches(field, rule, unit, scratch) {
                let Some(span) = one.span_of(name, lattice) else { continue };
                let stands_for: Vec<usize> = one
                    .fillings(of)
                    .filter_map(|filling| match filling {
                        Filling::Mention(index) => Some(*index),
                        _ => None,
                    })
                    .collect();
                let word = span.of(text.as_str());
                if word.chars().count() >= 2 && !stands_for.is_empty() && !terms.iter().any(|term| term.name == word) {
                    terms.push(Term { name: word.to_owned(), from: span.start, rule: number, stands_for });
                }
            }
        }
    }
    terms
}

/// The parts of each name that has parts, from there on.
fn parts(rules: &LanguageRules, lattice: &Lattice) -> Vec<Term> {
    let is_separator = |c: char| rules.language.name_parts.contains(c);
    let mut terms: Vec<Term> = Vec::new();
    for &index in lattice.visible() {
        let mention = &lattice.mentions[index as usize];
        let (Finder::Rule(rule), Meaning::Name(name)) = (mention.finder, &mention.meaning) else { continue };
        let lettered = name.contains(is_separator) && name.chars().all(|c| c.is_alphabetic() || is_separator(c));
        // The last part stands for the whole more often than the others do.
        for part in name.split(is_separator).rev().filter(|part| lettered && part.chars().count() >= 3) {
            if !terms.iter().any(|term| term.name == part) {
                terms.push(Term {
                    name: part.to_owned(),
                    from: mention.span.end,
                    rule,
                    stands_for: vec![index as usize],
                });
            }
        }
    }
    terms
}
