//! Choosing among mentions that overlap: the longest, then the one with more literal text, then the first rule.

use std::collections::BTreeMap;

use super::filling::Filling;
use super::lattice::{Finder, Meaning, Mention, Place};
use crate::rules::LanguageRules;
use crate::schema::{ClassId, ClassSet};
use crate::span::Span;

/// Spans that do not overlap, by start.
#[derive(Default)]
struct Taken(BTreeMap<u32, (u32, usize)>);

impl Taken {
    /// The first taken span that shares a byte with `span`, and its mention.
    fn over(&self, span: Span) -> Option<(Span, usize)> {
        let before = self.0.range(..span.end).next_back();
        // Taken spans don't overlap, so the earliest that could reach into `span` is the last that starts at or before it.
        let first = self.0.range(..=span.start).next_back().filter(|(_, (end, _))| *end > span.start);
        let (&start, &(end, index)) = first.or_else(|| {
            before.filter(|(start, _)| **start > span.start)?;
            self.0.range(span.start..span.end).next()
        })?;
        Some((Span::new(start, end), index))
    }

    fn take(&mut self, span: Span, index: usize) {
        self.0.insert(span.start, (span.end, index));
    }
}

/// Which of the mentions cut into a longer one (or, at equal length, an earlier one) without lying inside it, or lie
/// inside one of a class of `blocks`.
pub fn crossed(mentions: &[Mention], blocks: ClassSet) -> Vec<bool> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(mentions[index].span.len()), mentions[index].span.start, index));
    let mut hidden = vec![false; mentions.len()];
    let mut taken = Taken::default();
    for index in order {
        let span = mentions[index].span;
        // What stands between marks holds names, it does not compete with them.
        if mentions[index].part {
            continue;
        }
        match taken.over(span) {
            None => taken.take(span, index),
            Some((outer, by)) => hidden[index] = !outer.contains(span) || blocks.has(mentions[by].class),
        }
    }
    hidden
}

/// How each mention stands to the others; `dropped` ones stand nowhere, those inside a class of `open` are kept.
pub fn places(mentions: &[Mention], dropped: &[bool], rules: &LanguageRules, open: ClassSet) -> Vec<Place> {
    let mut order: Vec<usize> = (0..mentions.len()).filter(|&index| !mentions[index].part && !dropped[index]).collect();
    let rank = |mention: &Mention| match mention.finder {
        Finder::Document(_) => 0,
        Finder::Lexicon(_) => 1,
        Finder::Rule(rule) => rule + 2,
    };
    order.sort_by_key(|&index| {
        let mention = &mentions[index];
        (
            mention.meaning != Meaning::Document,
            std::cmp::Reverse(mention.span.len()),
            std::cmp::Reverse(mention.literal),
            rank(mention),
            mention.span.start,
            index,
        )
    });
    let overridden = overridden(mentions, &order, rules);
    let mut places = vec![Place::Hidden; mentions.len()];
    let mut taken = Taken::default();
    let mut documents: Vec<(Span, ClassId)> = Vec::new();
    for &index in order.iter().filter(|&&index| !overridden[index]) {
        let mention = &mentions[index];
        let inside_document =
            documents.iter().any(|(span, class)| *class == mention.class && span.contains(mention.span));
        match taken.over(mention.span) {
            // The document's own title leaves what it names to be seen.
            _ if mention.meaning == Meaning::Document => {
                places[index] = Place::Outer;
                documents.push((mention.span, mention.class));
            }
            _ if inside_document => {}
            None => {
                taken.take(mention.span, index);
                places[index] = Place::Outer;
            }
            Some((span, outer))
                if open.has(mentions[outer].class)
                    && mentions[outer].class != mention.class
                    && span.contains(mention.span) =>
            {
                places[index] = Place::Kept;
            }
            Some((_, outer)) if keeps(&mentions[outer], index, mentions, rules) => places[index] = Place::Kept,
            Some(_) => {}
        }
    }
    places
}

/// Whether the outer mention, or one it was made from, keeps an inner one.
fn keeps(outer: &Mention, inner: usize, mentions: &[Mention], rules: &LanguageRules) -> bool {
    let (Finder::Rule(rule), Some(parts)) = (outer.finder, &outer.parts) else { return false };
    parts.roles.iter().any(|(role, filling)| match filling {
        Filling::Mention(part) => {
            let kept = rules.rules[rule].keeps.contains(role);
            kept && *part == inner
                || (kept || mentions[*part].span == outer.span) && keeps(&mentions[*part], inner, mentions, rules)
        }
        _ => false,
    })
}

/// Mentions of rules that another rule replaces where the two overlap.
fn overridden(mentions: &[Mention], order: &[usize], rules: &LanguageRules) -> Vec<bool> {
    let mut out = vec![false; mentions.len()];
    for &index in order {
        let Finder::Rule(rule) = mentions[index].finder else { continue };
        let replaced = &rules.rules[rule].overrides;
        if replaced.is_empty() {
            continue;
        }
        for &other in order {
            let Finder::Rule(loser) = mentions[other].finder else { continue };
            out[other] |= replaced.contains(&loser) && mentions[other].span.overlaps(mentions[index].span);
        }
    }
    out
}
