//! Running a program over a unit of text and the mentions found in it so far.
//!
//! Choices are tried in the order of the program. A step that failed at a place is never tried there again, so a unit
//! costs at most its length times the length of the program: time is linear in the text, whatever the rules.

use super::filling::{Filling, Match};
use super::lattice::Lattice;
use crate::rules::{LanguageRules, Members, Program, RoleId, Slot, Step, Wanted};
use crate::schema::Schema;
use crate::span::Span;

/// What a program runs over.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// The folded text.
    pub text: &'a str,
    /// The same in small letters, where the language ignores case.
    pub small: &'a str,
    /// Mentions found so far.
    pub lattice: &'a Lattice,
    /// Lists, numerals, short forms.
    pub rules: &'a LanguageRules,
    /// Which classes are plurals.
    pub schema: &'a Schema,
}

/// Memory that is used again from run to run.
#[derive(Default)]
pub struct Scratch {
    failed: Vec<u32>,
    stamp: u32,
    pub(super) stack: Vec<Task>,
    /// For what must not follow: its successes must not count as failures.
    inner: Option<Box<Scratch>>,
}

pub(super) enum Task {
    Try(usize, u32),
    Undo(usize),
    Fill(RoleId, Filling, usize, u32),
    FillList(RoleId, Vec<usize>, usize, u32),
}

impl<'a> Field<'a> {
    /// The first match of `program` in `unit` that starts at `start`.
    pub fn match_at(self, program: &Program, unit: Span, start: u32, scratch: &mut Scratch) -> Option<Match> {
        scratch.begin(program, unit);
        Run { field: self, program, unit, roles: Vec::new(), scratch }.run(0, start)
    }

    /// All matches of `program` in `unit`, from the left; after one that begins with a list the search goes on behind the list.
    pub fn matches(self, program: &Program, unit: Span, scratch: &mut Scratch) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        let mut from = unit.start;
        scratch.begin(program, unit);
        for start in self.starts(program, unit) {
            if start < from {
                continue;
            }
            let run = Run { field: self, program, unit, roles: Vec::new(), scratch };
            if let Some(one) = run.run(0, start) {
                from = self.behind_list(&one).max(start + 1);
                found.push(one);
                scratch.begin(program, unit);
            }
        }
        found
    }

    /// The end of the list that a match begins with, so that its members are not read as the start of a shorter one.
    fn behind_list(self, one: &Match) -> u32 {
        let members = one
            .roles
            .iter()
            .take_while(|(role, filling)| *role == one.roles[0].0 && matches!(filling, Filling::Mention(_)));
        let ends = members.map(|(_, filling)| filling.span(self.lattice).end);
        if ends.clone().count() > 1 { ends.max().unwrap_or(0) } else { 0 }
    }

    /// Where a match may start, in order.
    fn starts(self, program: &Program, unit: Span) -> Vec<u32> {
        let first = &program.first;
        let text = unit.of(self.text);
        if first.anywhere && self.rules.language.spaced {
            let word = |at: usize, c: char| {
                !c.is_whitespace()
                    && !(c.is_alphanumeric() && text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
            };
            return text.char_indices().filter(|&(at, c)| word(at, c)).map(|(at, _)| unit.start + at as u32).collect();
        }
        if first.anywhere {
            return text.char_indices().map(|(at, _)| unit.start + at as u32).collect();
        }
        let mut starts = Vec::new();
        for literal in &first.literals {
            starts.extend(unit.of(self.small).match_indices(literal.as_str()).map(|(at, _)| unit.start + at as u32));
        }
        let plurals = self.schema.plurals();
        if !first.classes.is_empty() {
            let takes_lists = program.slots.iter().any(|slot| slot.members != Members::One);
            let wanted = if takes_lists { first.classes.union(plurals) } else { first.classes };
            let mentions = self.lattice.within(unit).iter().map(|&index| &self.lattice.mentions[index as usize]);
            starts.extend(mentions.filter(|mention| wanted.has(mention.class)).map(|mention| mention.span.start));
        }
        if first.numbers || !first.short.is_empty() {
            let numerals = &self.rules.language.numerals;
            let mut inside = false;
            let small = unit.of(self.small);
            let spaced = self.rules.language.spaced;
            let mut before = ' ';
            for (at, c) in text.char_indices() {
                let in_words =
                    spaced && c.is_alphabetic() && !before.is_alphanumeric() && numerals.begins(&small[at..]);
                before = c;
                let number = first.numbers && (in_words || numerals.has(c));
                if number && !inside || !first.short.is_empty() && self.rules.vocabulary.short.may_start(c) {
                    starts.push(unit.start + at as u32);
                }
                inside = number;
            }
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

thread_local! {
    static SPARE: std::cell::Cell<Option<Scratch>> = const { std::cell::Cell::new(None) };
}

impl Scratch {
    /// The memory that this thread keeps, or new memory.
    pub fn take() -> Self {
        SPARE.take().unwrap_or_default()
    }

    /// Keeps the memory for the next run on this thread.
    pub fn keep(self) {
        SPARE.set(Some(self));
    }

    fn begin(&mut self, program: &Program, unit: Span) {
        let cells = program.steps.len() * (unit.len() as usize + 1);
        if self.failed.len() < cells {
            self.failed.resize(cells, 0);
        }
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.failed.fill(0);
            self.stamp = 1;
        }
        self.stack.clear();
    }
}

pub(super) struct Run<'a, 's> {
    pub(super) field: Field<'a>,
    pub(super) program: &'a Program,
    pub(super) unit: Span,
    pub(super) roles: Vec<(RoleId, Filling)>,
    pub(super) scratch: &'s mut Scratch,
}

impl Run<'_, '_> {
    fn run(mut self, pc: usize, start: u32) -> Option<Match> {
        let end = self.search(pc, start)?;
        Some(Match { span: Span::new(start, end), roles: self.roles })
    }

    /// Depth first, in the order of preference. A role that has begun stands in `roles` as an unfinished text until it
    /// is closed, so that undoing is cutting `roles` short.
    fn search(&mut self, pc: usize, start: u32) -> Option<u32> {
        let base = self.scratch.stack.len();
        self.scratch.stack.push(Task::Try(pc, start));
        while self.scratch.stack.len() > base {
            match self.scratch.stack.pop()? {
                Task::Undo(length) => {
                    self.roles.truncate(length);
                }
                Task::Fill(role, filling, pc, at) => {
                    self.scratch.stack.push(Task::Undo(self.roles.len()));
                    self.roles.push((role, filling));
                    self.scratch.stack.push(Task::Try(pc, at));
                }
                Task::FillList(role, members, pc, at) => {
                    self.scratch.stack.push(Task::Undo(self.roles.len()));
                    self.roles.extend(members.into_iter().map(|member| (role, Filling::Mention(member))));
                    self.scratch.stack.push(Task::Try(pc, at));
                }
                Task::Try(pc, at) => {
                    if let Some(end) = self.step(pc, at) {
                        self.scratch.stack.truncate(base);
                        return Some(end);
                    }
                }
            }
        }
        None
    }

    /// Runs from `pc` until a choice, a failure or the end.
    fn step(&mut self, mut pc: usize, mut at: u32) -> Option<u32> {
        loop {
            let cell = pc * (self.unit.len() as usize + 1) + (at - self.unit.start) as usize;
            if self.scratch.failed[cell] == self.scratch.stamp {
                return None;
            }
            self.scratch.failed[cell] = self.scratch.stamp;
            let rest = Span::new(at, self.unit.end).of(self.field.text);
            match &self.program.steps[pc] {
                Step::Literal(pinned) => at = self.stands(pinned, at).then(|| at + pinned.text.len() as u32)?,
                Step::Shape(shape) => {
                    let small = Span::new(at, self.unit.end).of(self.field.small);
                    at += self.program.shapes[*shape].starting(rest, small)? as u32;
                }
                Step::Any { wide } if self.field.rules.language.spaced => at += self.token(rest, *wide)?,
                Step::Char(set) => {
                    at +=
                        self.program.chars[*set].first(&self.field.text[..self.unit.end as usize], at as usize)? as u32;
                }
                Step::Any { wide } => {
                    let c =
                        rest.chars().next().filter(|&c| *wide || !self.field.rules.language.clause_ends.contains(c))?;
                    at += c.len_utf8() as u32;
                }
                Step::Rest => at = self.unit.end,
                Step::Start => (at == self.unit.start).then_some(())?,
                Step::End => (at == self.unit.end).then_some(())?,
                Step::Jump(target) => {
                    pc = *target;
                    continue;
                }
                Step::Split(first, second) => {
                    let (first, second) = (*first, *second);
                    self.scratch.stack.push(Task::Try(second, at));
                    pc = first;
                    continue;
                }
                Step::Words(list, role) => return self.words(*list, *role, pc, at),
                Step::Slot(slot) => return self.slot(&self.program.slots[*slot], pc, at),
                Step::Open(role) => {
                    self.scratch.stack.push(Task::Undo(self.roles.len()));
                    self.roles.push((*role, Filling::Text(Span::new(at, at), None)));
                }
                Step::Close(role) => self.close(*role, at),
                Step::Not(next) => {
                    let next = *next;
                    if self.follows(pc + 1, at) {
                        return None;
                    }
                    pc = next;
                    continue;
                }
                Step::Match => return Some(at),
            }
            pc += 1;
        }
    }

    fn stands(&self, pinned: &crate::rules::Pinned, at: u32) -> bool {
        pinned.stands(self.field.text, self.field.small, at as usize, self.unit.end as usize)
    }

    /// The bytes of the white space and the word, or the mark, that stand here.
    fn token(&self, rest: &str, wide: bool) -> Option<u32> {
        let word = rest.trim_start();
        let space = rest.len() - word.len();
        let first = word.chars().next()?;
        let mark = !first.is_alphanumeric();
        if !wide && (mark && self.field.rules.language.clause_ends.contains(first) || rest[..space].contains('\n')) {
            return None;
        }
        Some((space + if mark { first.len_utf8() } else { crate::text::word_length(word) }) as u32)
    }

    fn follows(&mut self, pc: usize, at: u32) -> bool {
        let mut inner = self.scratch.inner.take().unwrap_or_default();
        inner.begin(self.program, self.unit);
        let run =
            Run { field: self.field, program: self.program, unit: self.unit, roles: Vec::new(), scratch: &mut inner };
        let found = run.run(pc, at).is_some();
        self.scratch.inner = Some(inner);
        found
    }

    /// Ends the last text of a role that is still open. What stood before is restored by the `Undo` of its opening only
    /// when that is undone too, so the end is written anew on every way through.
    fn close(&mut self, role: RoleId, at: u32) {
        if let Some((_, Filling::Text(span, _))) =
            self.roles.iter_mut().rev().find(|(other, filling)| *other == role && matches!(filling, Filling::Text(..)))
        {
            span.end = at;
        }
    }

    fn words(&mut self, list: usize, role: Option<RoleId>, pc: usize, at: u32) -> Option<u32> {
        let list = &self.field.rules.lists[list];
        let found: Vec<(usize, Option<&str>)> =
            list.starting(self.field.text, self.field.small, at as usize, self.unit.end as usize).collect();
        for (length, value) in found.into_iter().rev() {
            let end = at + length as u32;
            let task = match (role, value) {
                (Some(role), Some(value)) => {
                    Task::Fill(role, Filling::Text(Span::new(at, end), Some(value.to_owned())), pc + 1, end)
                }
                _ => Task::Try(pc + 1, end),
            };
            self.scratch.stack.push(task);
        }
        None
    }

    fn slot(&mut self, slot: &Slot, pc: usize, at: u32) -> Option<u32> {
        let rest = Span::new(at, self.unit.end).of(self.field.small);
        match &slot.wanted {
            Wanted::Number(low, high) => {
                let (value, length) = self
                    .field
                    .rules
                    .language
                    .numerals
                    .parse(rest)
                    .filter(|(value, _)| (low..=high).contains(&value))?;
                let end = at + length as u32;
                self.fill(slot.role, Filling::Number(Span::new(at, end), value), pc + 1, end);
            }
            Wanted::Short(classes) => {
                let lexicon = &self.field.lattice.classes;
                let forms: Vec<_> = self.field.rules.vocabulary.short.starting(rest).collect();
                for (length, entries) in forms.into_iter().rev() {
                    let entries: Vec<_> =
                        entries.iter().copied().filter(|&entry| classes.has(lexicon[entry.0 as usize])).collect();
                    if !entries.is_empty() {
                        let end = at + length as u32;
                        self.fill(slot.role, Filling::Short(Span::new(at, end), entries), pc + 1, end);
                    }
                }
            }
            Wanted::Mention { classes, through } => self.mentions(slot, classes.union(*through), pc, at),
        }
        None
    }

    fn fill(&mut self, role: Option<RoleId>, filling: Filling, pc: usize, end: u32) {
        let task = match role {
            Some(role) => Task::Fill(role, filling, pc, end),
            None => Task::Try(pc, end),
        };
        self.scratch.stack.push(task);
    }
}
