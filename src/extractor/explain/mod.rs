//! Why something stands in the result, or doesn't: the derivation of what was found at some words, replayed.

mod chain;
mod record;
mod silence;

use std::collections::BTreeSet;

use super::{Analysis, Extractor, records};
use crate::document::Document;
use crate::fact::{Fact, Object, Reader};
use crate::mention::{Filling, Finder, Match, Meaning, Mention, Place};
use crate::problem;
use crate::rules::RuleSet;
use crate::span::Span;

pub use record::{
    Candidate, Choice, Explanation, FactTrace, Found, MentionTrace, Origin, Silence, Slot, Step, Who, Words,
};

impl Extractor {
    /// Explains every mention and fact of a document whose words share a character with `text`, wherever it stands.
    /// Nothing is explained when it stands nowhere.
    pub fn explain(&self, document: &Document, text: &str) -> Explanation {
        let analysis = self.analyse(document, &[]);
        let ids = records::entity_ids(document, &self.set, &analysis);
        let wanted = self.set.folder.fold_name(text);
        let found = analysis.text.as_str().match_indices(&*wanted).filter(|_| !wanted.is_empty());
        let spans = found.map(|(at, words)| Span::new(at as u32, (at + words.len()) as u32)).collect();
        Explainer { document, set: &self.set, analysis: &analysis, ids, spans }.explain()
    }
}

struct Explainer<'a> {
    document: &'a Document,
    set: &'a RuleSet,
    analysis: &'a Analysis<'a>,
    /// The id of each entity.
    ids: Vec<String>,
    /// Where the words stand in the folded text.
    spans: Vec<Span>,
}

impl Explainer<'_> {
    fn explain(&self) -> Explanation {
        let resolved = &self.analysis.resolved;
        let mut order: Vec<usize> = (0..resolved.lattice.mentions.len()).collect();
        order.retain(|&index| self.touches(resolved.lattice.mentions[index].span));
        order.sort_by_key(|&index| {
            let span = resolved.lattice.mentions[index].span;
            (span.start, resolved.places[index] == Place::Hidden, std::cmp::Reverse(span.end), index)
        });
        let facts = self.analysis.facts.iter().filter(|fact| self.touches(self.reach(fact)));
        Explanation {
            places: self.spans.iter().map(|&span| self.place(span)).collect(),
            mentions: order.into_iter().map(|index| self.mention(index)).collect(),
            facts: facts.map(|fact| self.fact(fact)).collect(),
            silent: self.silences(),
        }
    }

    fn touches(&self, span: Span) -> bool {
        self.spans.iter().any(|place| place.overlaps(span))
    }

    /// The words that a fact was read from.
    fn reach(&self, fact: &Fact) -> Span {
        fact.evidence
    }

    /// The place of a span's first character in the document.
    fn place(&self, span: Span) -> problem::Place {
        let start = self.analysis.text.folded.source_start(span.start);
        problem::Place::at(&self.document.source, &self.document.text, start as usize)
    }

    fn words(&self, span: Span) -> Words {
        let folded = &self.analysis.text.folded;
        let start = folded.source_start(span.start);
        let end = folded.source_end(span.end, &self.document.text).max(start);
        Words { place: self.place(span), text: Span::new(start, end).of(&self.document.text).to_owned() }
    }

    fn who(&self, entity: usize) -> Who {
        let known = &self.analysis.resolved.entities.list[entity];
        let label = known.entry.map(|entry| self.set.lexicon.entry(entry).label(&self.analysis.rules.language.code));
        let name = if known.name.is_empty() { label.unwrap_or_default() } else { &known.name };
        let class = self.set.schema.class(known.class).name.clone();
        Who { id: self.ids[entity].clone(), name: name.replace('\n', ""), class }
    }

    fn mention(&self, index: usize) -> MentionTrace {
        let resolved = &self.analysis.resolved;
        let mention = &resolved.lattice.mentions[index];
        let found = match resolved.places[index] {
            Place::Outer => Found::Outer,
            Place::Kept => Found::Kept,
            Place::Hidden => Found::Hidden(self.why_hidden(index)),
        };
        MentionTrace {
            words: self.words(mention.span),
            class: self.set.schema.class(mention.class).name.clone(),
            found,
            origin: self.origin(mention),
            slots: mention.parts.as_ref().map_or_else(Vec::new, |one| self.slots(mention.finder, one)),
            chain: self.chain(index),
            of: mention.of.map(|of| self.words(resolved.lattice.mentions[of].span)),
            attributes: mention.attributes.clone(),
            entities: resolved.referents[index].iter().map(|&entity| self.who(entity)).collect(),
        }
    }

    /// What found a mention.
    fn origin(&self, mention: &Mention) -> Origin {
        match mention.finder {
            Finder::Lexicon(entry) => {
                let entry = self.set.lexicon.entry(entry);
                Origin::Lexicon { list: entry.list.to_string(), id: entry.id.clone() }
            }
            Finder::Rule(number) => self.rule(number, mention.parts.as_ref()),
            Finder::Document(number) => match (self.analysis.rules.rules.get(number), &mention.meaning) {
                (Some(rule), _) => Origin::Term { rule: rule.id.clone(), place: rule.place.clone() },
                (None, _) => Origin::Marks,
            },
        }
    }

    /// A rule, with those of its patterns that a match can be of.
    fn rule(&self, number: usize, one: Option<&Match>) -> Origin {
        let rule = &self.analysis.rules.rules[number];
        let field = crate::mention::Field {
            text: self.analysis.text.as_str(),
            small: self.analysis.text.small(),
            lattice: &self.analysis.resolved.lattice,
            rules: self.analysis.rules,
            schema: &self.set.schema,
        };
        let mut scratch = crate::mention::Scratch::default();
        let whole = Span::new(0, self.analysis.text.as_str().len() as u32);
        let unit = one.and_then(|one| self.analysis.text.sentence_at(one.span.start));
        let unit = unit.map_or(whole, |index| self.analysis.text.sentences[index].span);
        let matches = |program| {
            let again = one.filter(|one| unit.contains(one.span));
            let again = again.and_then(|one| Some((one, field.match_at(program, unit, one.span.start, &mut scratch)?)));
            again.is_some_and(|(one, again)| again.span == one.span)
        };
        let same: Vec<bool> = rule.programs.iter().map(matches).collect();
        let all = !same.contains(&true);
        let patterns = rule.patterns.iter().zip(same).filter(|(_, same)| *same || all);
        let patterns = patterns.map(|(pattern, _)| pattern.clone()).collect();
        Origin::Rule { id: rule.id.clone(), place: rule.place.clone(), patterns }
    }

    fn slots(&self, finder: Finder, one: &Match) -> Vec<Slot> {
        let (Finder::Rule(number) | Finder::Document(number)) = finder else { return Vec::new() };
        let Some(rule) = self.analysis.rules.rules.get(number) else { return Vec::new() };
        let slots = one.roles.iter().map(|(role, filling)| self.slot(&rule.roles[usize::from(*role)], filling));
        slots.collect()
    }

    fn slot(&self, role: &str, filling: &Filling) -> Slot {
        let resolved = &self.analysis.resolved;
        let words = self.words(filling.span(&resolved.lattice));
        let mut slot =
            Slot { role: role.to_owned(), words, class: None, form: None, choice: None, entities: Vec::new() };
        match filling {
            Filling::Mention(index) => {
                let mention = &resolved.lattice.mentions[*index];
                slot.class = Some(self.set.schema.class(mention.class).name.clone());
                if let Meaning::Value(value) | Meaning::Impossible(value) = &mention.meaning {
                    slot.form = Some(value.clone());
                }
                slot.entities = resolved.referents[*index].iter().map(|&entity| self.who(entity)).collect();
            }
            Filling::Short(_, entries) => slot.choice = Some(self.choice(entries)),
            Filling::Number(_, value) => slot.form = Some(value.to_string()),
            Filling::Text(_, form) => slot.form.clone_from(form),
        }
        slot
    }

    fn fact(&self, fact: &Fact) -> FactTrace {
        let (origin, slots) = match fact.reader {
            Reader::Rule(number) => {
                let slots = fact.roles.as_ref().map(|one| self.slots(Finder::Rule(number), one));
                (self.rule(number, fact.roles.as_ref()), slots.unwrap_or_default())
            }
            Reader::Act(number) => {
                let act = &self.analysis.rules.acts[number];
                (Origin::Act { id: act.id.clone(), place: act.place.clone() }, Vec::new())
            }
        };
        FactTrace {
            subject: self.who(fact.subject),
            predicate: self.set.schema.predicate(fact.predicate).name.clone(),
            object: self.object(&fact.object),
            qualifiers: fact.qualifiers.iter().map(|(name, values)| (name.clone(), self.objects(values))).collect(),
            confidence: fact.confidence,
            origin,
            slots,
            evidence: self.words(fact.evidence),
        }
    }

    fn objects(&self, objects: &[Object]) -> Vec<String> {
        objects.iter().map(|object| self.object(object)).collect()
    }

    fn object(&self, object: &Object) -> String {
        match object {
            Object::Entity(entity) => self.who(*entity).to_string(),
            Object::Date(form) | Object::Form(form) => form.clone(),
            Object::Words(span) => self.words(*span).text,
        }
    }

    /// The sentences in which the words stand, in order.
    fn sentences(&self) -> BTreeSet<usize> {
        self.spans.iter().filter_map(|span| self.analysis.text.sentence_at(span.start)).collect()
    }
}
