//! From words to the entities that they stand for, and why a mention does not count.

use super::{Candidate, Choice, Explainer, Origin, Step};
use crate::mention::{Finder, Meaning, Mention, Place, Reference};
use crate::rules::EntryId;

impl Explainer<'_> {
    /// The steps from a mention to what it stands for.
    pub(super) fn chain(&self, index: usize) -> Vec<Step> {
        let (mut steps, mut seen) = (Vec::new(), Vec::new());
        self.follow(index, &mut steps, &mut seen);
        steps
    }

    fn follow(&self, index: usize, steps: &mut Vec<Step>, seen: &mut Vec<usize>) {
        if seen.contains(&index) {
            return;
        }
        seen.push(index);
        let resolved = &self.analysis.resolved;
        let mention = &resolved.lattice.mentions[index];
        match &mention.meaning {
            Meaning::Entries(entries) => steps.push(Step::Entry(self.choice(entries))),
            Meaning::Same(other) | Meaning::MembersOf(other) => self.lead(*other, steps, seen),
            Meaning::Several(members) => {
                steps.push(Step::Several { members: members.len() });
                for member in members {
                    match member {
                        Reference::Mention(other) => self.lead(*other, steps, seen),
                        Reference::Entries(entries) => steps.push(Step::Entry(self.choice(entries))),
                    }
                }
            }
            Meaning::Parties => steps.push(self.parties()),
            Meaning::Document => steps.push(Step::Document),
            Meaning::Name(name) => {
                let entity = resolved.referents[index].first().map(|&entity| &resolved.entities.list[entity]);
                let entity = entity.filter(|entity| entity.entry.is_none());
                let normal = entity.map_or_else(|| name.clone(), |entity| entity.rest.clone());
                steps.push(Step::Name { normal, states: entity.map_or_else(Vec::new, |entity| entity.codes.clone()) });
            }
            Meaning::Value(form) => steps.push(Step::Value { form: form.clone(), inferred: mention.inferred }),
            Meaning::Impossible(form) => steps.push(Step::Impossible { form: form.clone() }),
        }
    }

    /// The step to another mention, and on from there.
    fn lead(&self, other: usize, steps: &mut Vec<Step>, seen: &mut Vec<usize>) {
        let mention = &self.analysis.resolved.lattice.mentions[other];
        let class = self.set.schema.class(mention.class).name.clone();
        steps.push(Step::Same { words: self.words(mention.span), class });
        self.follow(other, steps, seen);
    }

    fn parties(&self) -> Step {
        let resolved = &self.analysis.resolved;
        let told = resolved.party_sources.iter();
        Step::Parties {
            parties: resolved.parties.iter().map(|&party| self.who(party)).collect(),
            told: told.map(|(number, one)| (self.rule(*number, Some(one)), self.words(one.span))).collect(),
        }
    }

    /// Which of some entries was chosen, and why.
    pub(super) fn choice(&self, entries: &[EntryId]) -> Choice {
        let weights = &self.analysis.resolved.entities.weights;
        let chosen = weights.choose(entries);
        let candidates = entries.iter().map(|&id| {
            let entry = self.set.lexicon.entry(id);
            let (named, party) = (weights.named(id), weights.is_party(id));
            let name = entry.label(&self.analysis.rules.language.code).to_owned();
            Candidate { id: self.entry(id), name, named, party, rank: entry.rank }
        });
        let why = match (entries.len(), weights.is_party(chosen), weights.named(chosen)) {
            (1, ..) => "the only one",
            (_, true, _) => "a party of the document",
            (_, false, 0) => "none is named without doubt, and it comes first by rank",
            (_, false, _) => "the document names it most often",
        };
        Choice { chosen: self.entry(chosen), why, candidates: candidates.collect() }
    }

    fn entry(&self, id: EntryId) -> String {
        let entry = self.set.lexicon.entry(id);
        format!("{}:{}", entry.list, entry.id)
    }

    /// Why a mention does not count.
    pub(super) fn why_hidden(&self, index: usize) -> String {
        let resolved = &self.analysis.resolved;
        let mentions = &resolved.lattice.mentions;
        let mention = &mentions[index];
        if mention.part {
            return "it is only ever a part of other matches".into();
        }
        let over = |other: &&Mention| !std::ptr::eq(*other, mention) && other.span.overlaps(mention.span);
        if let Some(winner) = mentions.iter().filter(over).find(|other| self.overrides(other, mention)) {
            return format!("it is overridden by {}", self.described(winner));
        }
        let seen = |at: &usize| resolved.places[*at] == Place::Outer && over(&&mentions[*at]);
        let Some(outer) = (0..mentions.len()).find(seen).map(|at| &mentions[at]) else {
            return "it is dropped: it holds among parties only, or is made from a mention that does".into();
        };
        let how = match outer.span.len().cmp(&mention.span.len()) {
            std::cmp::Ordering::Greater if outer.span.contains(mention.span) => "it lies inside the longer",
            std::cmp::Ordering::Greater => "it cuts into the longer",
            _ if outer.literal > mention.literal => "of the same length, but with more literal text, is",
            _ => "of the same length and weight, but first, is",
        };
        format!("{how} {}", self.described(outer))
    }

    fn overrides(&self, winner: &Mention, loser: &Mention) -> bool {
        match (winner.finder, loser.finder) {
            (Finder::Rule(winner), Finder::Rule(loser)) => self.analysis.rules.rules[winner].overrides.contains(&loser),
            _ => false,
        }
    }

    fn described(&self, mention: &Mention) -> String {
        let class = &self.set.schema.class(mention.class).name;
        let by = match self.origin(mention) {
            Origin::Lexicon { list, id } => format!("lexicon {list}:{id}"),
            Origin::Rule { id, .. } | Origin::Act { id, .. } => format!("rule {id}"),
            Origin::Term { rule, .. } => format!("term of {rule}"),
            Origin::Marks => "marks".into(),
        };
        format!("{} [{class}] by {by}", self.words(mention.span).text)
    }
}
