//! Slots filled with mentions: one, or the members of a list.

use super::matcher::{Run, Task};
use crate::rules::{Members, RoleId, Slot};
use crate::schema::ClassSet;
use crate::span::Span;

impl Run<'_, '_> {
    pub(super) fn mentions(&mut self, slot: &Slot, classes: ClassSet, pc: usize, at: u32) {
        let lists = slot.members != Members::One;
        let wanted = if lists { classes.union(self.field.schema.plurals()) } else { classes };
        let candidates = self.candidates(at, wanted);
        for first in candidates.into_iter().rev() {
            let mut members = vec![first.0];
            let mut end = first.1;
            self.fill_list(slot.role, &members, pc, end);
            while lists && members.len() < 64 {
                let Some(next) = self.next_member(end, wanted) else { break };
                members.push(next.0);
                end = next.1;
                self.fill_list(slot.role, &members, pc, end);
            }
        }
    }

    fn fill_list(&mut self, role: Option<RoleId>, members: &[usize], pc: usize, end: u32) {
        let task = match role {
            Some(role) => Task::FillList(role, members.to_vec(), pc + 1, end),
            None => Task::Try(pc + 1, end),
        };
        self.scratch.stack.push(task);
    }

    /// The mentions of the wanted classes that start here, or behind an opening mark that closes right after them:
    /// their numbers and where the text goes on.
    fn candidates(&self, at: u32, wanted: ClassSet) -> Vec<(usize, u32)> {
        let lattice = self.field.lattice;
        let starting = |at: u32| {
            lattice
                .starting_at(at)
                .iter()
                .map(|&index| index as usize)
                .filter(move |&index| wanted.has(lattice.mentions[index].class))
        };
        let mut found: Vec<(usize, u32)> =
            starting(at).map(|index| (index, lattice.mentions[index].span.end)).collect();
        let marks = &self.field.rules.language.marks;
        let open = self.field.text[at as usize..].chars().next();
        for mark in marks.iter().filter(|mark| Some(mark.open) == open) {
            let inner =
                starting(at + mark.open.len_utf8() as u32).map(|index| (index, lattice.mentions[index].span.end));
            let closed = inner.filter(|&(_, end)| self.field.text[end as usize..].starts_with(mark.close));
            found.extend(closed.map(|(index, end)| (index, end + mark.close.len_utf8() as u32)));
        }
        found.retain(|&(_, end)| end <= self.unit.end);
        found
    }

    /// The next member of a list after a mention: behind a separator or conjunction, or right behind a closing mark.
    fn next_member(&self, at: u32, wanted: ClassSet) -> Option<(usize, u32)> {
        let rest = Span::new(at, self.unit.end).of(self.field.small);
        let list = &self.field.rules.language.list;
        let starting = |words: &'_ [String], rest: &str| -> Vec<usize> {
            words.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).collect()
        };
        let mut gaps = starting(&list.conjunctions, rest);
        for separator in starting(&list.separators, rest) {
            gaps.extend(starting(&list.conjunctions, &rest[separator..]).into_iter().map(|word| separator + word));
            gaps.push(separator);
        }
        if self.field.text[..at as usize]
            .chars()
            .next_back()
            .is_some_and(|c| self.field.rules.language.closers.contains(c))
        {
            gaps.push(0);
        }
        for index in 0..gaps.len() {
            let gap = gaps[index];
            gaps.extend(starting(&list.skips, &rest[gap..]).into_iter().map(|word| gap + word));
        }
        gaps.sort_unstable_by(|a, b| b.cmp(a));
        gaps.into_iter().find_map(|gap| self.candidates(at + gap as u32, wanted).into_iter().next())
    }
}
