//! Positions: what a side says it supports, opposes, welcomes, affirms, commits to.
//!
//! A trigger opens a position where it stands at the head of a clause, behind its holder, or behind a joining word.
//! Its words run to the next trigger of the same holder or to the end of the sentence.

use super::holders::Holders;
use super::{Context, Fact, Object, Reader};
use crate::mention::{Filling, Match, Scan, Scratch};
use crate::rules::{Frame, Program};
use crate::span::Span;
use crate::text::Sentence;

/// A trigger and its act.
#[derive(Clone, Copy, Debug)]
struct Trigger {
    span: Span,
    act: usize,
}

/// Triggers that share their words, and where these lie.
#[derive(Debug)]
struct Opened {
    /// Where the clause part begins that they stand in.
    from: u32,
    triggers: Vec<Trigger>,
    /// Words before the trigger that it is about.
    before: Option<Span>,
    sides: Vec<usize>,
    carried: bool,
}

pub(super) fn find(context: Context, scan: &Scan, holders: &Holders, scratch: &mut Scratch) -> Vec<Fact> {
    let Some(frame) = &context.rules.frame else { return Vec::new() };
    let mut facts = Vec::new();
    for &index in &scan.triggers {
        let Some(sentence) = context.text.sentences.get(index as usize) else { continue };
        let mut finder = Finder { context, frame, holders, sentence, scratch, opened: Vec::new() };
        finder.sentence();
        let opened = finder.opened;
        facts.extend(finish(context, sentence, &opened));
    }
    facts
}

/// Where a trigger is looked for, and whose it would be.
struct Setting<'a> {
    unit: Span,
    clause_end: u32,
    /// Where the part of the clause begins.
    from: u32,
    sides: &'a [usize],
    carried: bool,
    /// The holder stands right before.
    held: bool,
}

struct Finder<'a, 's> {
    context: Context<'a>,
    frame: &'a Frame,
    holders: &'a Holders,
    sentence: &'a Sentence,
    scratch: &'s mut Scratch,
    opened: Vec<Opened>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self) {
        let mut sides = self.holders.before(self.context, self.sentence.span.start).unwrap_or_default();
        let mut carried = true;
        for clause in &self.sentence.clauses {
            let unit = Span::new(clause.start, self.sentence.span.end);
            let mut at = clause.start;
            if let Some(holder) = self.holders.starting_at(clause.start) {
                let same = holder.sides == sides;
                if !same && self.is_complement(clause.start) {
                    continue;
                }
                (sides, carried, at) = (holder.sides.clone(), false, holder.span.end);
            }
            let mut from = clause.start;
            let mut held = !carried;
            loop {
                if !sides.is_empty() {
                    let setting = Setting { unit, clause_end: clause.end, from, sides: &sides, carried, held };
                    self.open(setting, at);
                }
                held = false;
                let searched =
                    self.opened.last().and_then(|last| last.triggers.last()).map_or(at, |last| last.span.end.max(at));
                match self.join(Span::new(searched.min(clause.end), clause.end)) {
                    Some(join) => (from, at) = (join.start, join.end),
                    None => break,
                }
            }
            carried = true;
        }
    }

    /// Whether a clause right behind a trigger is what the trigger says: its subject then holds no position.
    fn is_complement(&self, clause: u32) -> bool {
        let Some(last) = self.opened.last().and_then(|opened| opened.triggers.last()) else { return false };
        let between = self.context.trim(Span::new(last.span.end.min(clause), clause));
        self.context.rules.acts[last.act].complement && between.is_empty()
    }

    /// The next joining word in a span.
    fn join(&mut self, span: Span) -> Option<Span> {
        let found = self.context.field().matches(&self.frame.joins, span, self.scratch);
        found.first().map(|one| one.span)
    }

    fn run(&mut self, program: &Program, unit: Span, at: u32) -> Option<(Match, Trigger)> {
        let one = self.context.field().match_at(program, unit, at, self.scratch)?;
        let trigger = one.roles.iter().find_map(|(_, filling)| match filling {
            Filling::Text(span, Some(act)) => Some(Trigger { span: *span, act: act.parse().ok()? }),
            _ => None,
        })?;
        let rest = Span::new(trigger.span.start, unit.end);
        let unless = &self.context.rules.acts[trigger.act].unless;
        let void = unless
            .iter()
            .any(|program| self.context.field().match_at(program, rest, rest.start, self.scratch).is_some());
        (!void).then_some((one, trigger))
    }

    /// Whether a trigger may stand here: not if it only takes the place of another, and without a holder right before it
    /// its form must be that of the trigger before.
    fn may_open(&self, trigger: Trigger, held: bool) -> bool {
        let acts = &self.context.rules.acts;
        let (act, last) = (&acts[trigger.act], self.opened.last().and_then(|opened| opened.triggers.first()));
        !act.chained && (held || act.form.is_none() || last.is_some_and(|last| acts[last.act].form == act.form))
    }

    /// Opens a position if a trigger stands at `at`.
    fn open(&mut self, setting: Setting, at: u32) {
        let Setting { unit, clause_end, from, sides, carried, held } = setting;
        let frame = self.frame;
        let (mut trigger, before) = if let Some((_, trigger)) = self.run(&frame.lead, unit, at) {
            (trigger, None)
        } else if let Some((one, trigger)) = self.run(&frame.before, unit, at) {
            (trigger, one.span_of(frame.what, &self.context.resolved.lattice))
        } else {
            return;
        };
        if before.is_none() && (trigger.span.start >= clause_end || !self.may_open(trigger, held)) {
            return;
        }
        while let Some((_, next)) = self.run(&frame.chain, unit, trigger.span.end) {
            trigger = next;
        }
        let mut triggers = vec![trigger];
        while let Some((_, next)) = self.run(&frame.coordination, unit, triggers[triggers.len() - 1].span.end) {
            triggers.push(next);
        }
        self.opened.push(Opened { from, triggers, before, sides: sides.to_vec(), carried });
    }
}

/// Gives each position its words.
fn finish(context: Context, sentence: &Sentence, opened: &[Opened]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (index, one) in opened.iter().enumerate() {
        let last = one.triggers[one.triggers.len() - 1].span;
        let next = opened.get(index + 1).map_or(sentence.span.end, |next| next.from.max(last.end));
        let words = context.trim(one.before.unwrap_or(Span::new(last.end, next)));
        if words.is_empty() {
            continue;
        }
        for trigger in &one.triggers {
            let act = &context.rules.acts[trigger.act];
            for &subject in &one.sides {
                let about = about(context, words, subject);
                facts.push(Fact {
                    predicate: act.predicate,
                    subject,
                    object: Object::Words(words),
                    qualifiers: if about.is_empty() { Vec::new() } else { vec![("about".into(), about)] },
                    evidence: Span::new(trigger.span.start.min(words.start), trigger.span.end.max(words.end)),
                    reader: Reader::Act(trigger.act),
                    confidence: if one.carried { 0.8 } else { 0.9 },
                    roles: None,
                });
            }
        }
    }
    facts
}

/// The entities that the words name, other than the holder.
fn about(context: Context, words: Span, holder: usize) -> Vec<Object> {
    let mut found = Vec::new();
    for &index in context.resolved.lattice.within(words) {
        if let [entity] = context.resolved.referents[index as usize].as_slice() {
            let object = Object::Entity(*entity);
            let latent = context.set.schema.class(context.resolved.entities.list[*entity].class).latent;
            if !latent && *entity != holder && !found.contains(&object) {
                found.push(object);
            }
        }
    }
    found.sort();
    found
}
