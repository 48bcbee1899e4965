//! Normal names: which states a name holds, and what is left of it without them.

use crate::mention::{Lattice, Meaning, Reference};
use crate::rules::{EntryId, LanguageRules, RuleSet};
use crate::span::Span;

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Normal {
    /// Codes of the states in it, sorted.
    pub(super) codes: Vec<String>,
    /// The entries of those states in the order of the name.
    pub(super) states: Vec<EntryId>,
    /// Everything else, without marks, joining words and noise.
    pub(super) rest: String,
}

/// What names are taken apart with.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) text: &'a str,
    pub(super) set: &'a RuleSet,
    pub(super) rules: &'a LanguageRules,
    pub(super) lattice: &'a Lattice,
    /// Chooses among the entries of an ambiguous form.
    pub(super) prefer: &'a dyn Fn(&[EntryId]) -> EntryId,
}

/// Takes the name at a span apart; `inside` are the mentions that start there.
pub(super) fn normal(span: Span, name: &str, inside: &[usize], parts: Parts) -> Normal {
    let Parts { text, set, rules, lattice, prefer } = parts;
    let mut normal = Normal::default();
    let covered = span.of(text);
    // A name that is not what stands at the span (built by a template) can't be taken apart by the mentions there.
    let Some(offset) = covered.find(name) else {
        return Normal { rest: tidy(name, rules), ..normal };
    };
    let (mut at, end) = (span.start + offset as u32, span.start + (offset + name.len()) as u32);
    let mut rest = String::new();
    for &index in inside {
        let mention = &lattice.mentions[index];
        if mention.span.start < at || mention.span.end > end {
            continue;
        }
        let entries: Vec<&[EntryId]> = match &mention.meaning {
            Meaning::Entries(entries) => vec![entries],
            Meaning::Several(members) => members
                .iter()
                .filter_map(|member| match member {
                    Reference::Entries(entries) => Some(entries.as_slice()),
                    Reference::Mention(_) => None,
                })
                .collect(),
            _ => continue,
        };
        let states: Vec<EntryId> = entries.into_iter().map(prefer).filter(|&id| is_state(set, id)).collect();
        if states.is_empty() {
            continue;
        }
        rest.push_str(Span::new(at, mention.span.start).of(text));
        rest.push('\u{1f}');
        at = mention.span.end;
        normal.states.extend(states);
    }
    rest.push_str(Span::new(at, end).of(text));
    normal.codes = normal.states.iter().map(|&id| set.lexicon.entry(id).code.clone()).collect();
    normal.codes.sort();
    normal.codes.dedup();
    normal.rest = tidy(&rest, rules);
    normal
}

/// Whether an entry's class is told apart by code and nothing else.
fn is_state(set: &RuleSet, id: EntryId) -> bool {
    let entry = set.lexicon.entry(id);
    !entry.code.is_empty() && set.schema.class(entry.class).key == [crate::schema::KeyPart::Code]
}

/// Without line breaks, marks, and the words that join or fill names; `\u{1f}` stands where a state was.
fn tidy(name: &str, rules: &LanguageRules) -> String {
    let language = &rules.language;
    if language.spaced {
        let small = if language.ignore_case { crate::text::small(name) } else { name.to_owned() };
        let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        return words
            .filter(|word| !language.name_noise.iter().any(|noise| noise == word))
            .collect::<Vec<_>>()
            .join(" ");
    }
    let mut text: String = name.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect();
    for noise in &language.name_noise {
        text = text.replace(noise.as_str(), "");
    }
    let joins = language.list.conjunctions.iter().chain(&language.list.separators);
    for word in joins {
        text = text.replace(&format!("\u{1f}{word}\u{1f}"), "\u{1f}");
    }
    let is_mark =
        |c: char| language.marks.iter().any(|pair| pair.open == c || pair.close == c) || matches!(c, '\u{1f}' | '-');
    text.chars().filter(|&c| !is_mark(c)).collect::<String>().trim().to_owned()
}
