//! Sentences from which nothing was read: what lies in them, and which rules were tried.

use super::{Explainer, Silence};
use crate::fact::Reader;
use crate::mention::{Field, Finder, Match, Scratch};
use crate::rules::Unit;

impl Explainer<'_> {
    /// The sentences in which the words stand and no fact was read from them.
    pub(super) fn silences(&self) -> Vec<Silence> {
        let sentences = self.sentences().into_iter().filter(|&index| {
            let span = self.analysis.text.sentences[index].span;
            let here = |fact: &&crate::fact::Fact| fact.evidence.overlaps(span) && self.touches(fact.evidence);
            !self.analysis.facts.iter().any(|fact| here(&fact))
        });
        sentences.map(|index| self.silence(index)).collect()
    }

    fn silence(&self, index: usize) -> Silence {
        let (rules, resolved) = (self.analysis.rules, &self.analysis.resolved);
        let span = self.analysis.text.sentences[index].span;
        let names = resolved.lattice.mentions.iter().filter(|mention| span.contains(mention.span));
        let names = names.filter(|mention| matches!(mention.finder, Finder::Lexicon(_)));
        let (mut matched, mut unmatched) = (Vec::new(), Vec::new());
        for (number, rule) in rules.rules.iter().enumerate() {
            let woken = self.analysis.scan.sentences(number, rules).contains(&(index as u32));
            if !woken || matches!(rule.unit, Unit::Title | Unit::Signature | Unit::Inside(_)) {
                continue;
            }
            if let Some(one) = self.found(number, index) {
                matched.push(self.rule(number, Some(&one)));
            } else {
                unmatched.push(self.rule(number, None));
            }
        }
        Silence {
            sentence: self.words(span),
            names: names.map(|mention| (self.words(mention.span), self.origin(mention))).collect(),
            unmatched,
            matched,
        }
    }

    /// A match of a rule in a sentence: one that something was made of, or one that its patterns find now.
    fn found(&self, number: usize, index: usize) -> Option<Match> {
        let (rules, resolved) = (self.analysis.rules, &self.analysis.resolved);
        let sentence = self.analysis.text.sentences[index].span;
        let mentions = resolved.lattice.mentions.iter().filter(|mention| mention.finder == Finder::Rule(number));
        let facts = self.analysis.facts.iter().filter(|fact| fact.reader == Reader::Rule(number));
        let made = mentions.filter_map(|mention| mention.parts.as_ref());
        let read = facts.filter_map(|fact| fact.roles.as_ref());
        if let Some(one) = made.chain(read).find(|one| sentence.contains(one.span)) {
            return Some(one.clone());
        }
        let text = self.analysis.text.as_str();
        let small = self.analysis.text.small();
        let field = Field { text, small, lattice: &resolved.lattice, rules, schema: &self.set.schema };
        let mut scratch = Scratch::default();
        let programs = rules.rules[number].programs.iter();
        programs.flat_map(|program| field.matches(program, sentence, &mut scratch)).next()
    }
}
