//! Doubts about lexicon names: those that two entries of a class share without an order, and those of one character.

use std::collections::BTreeMap;

use super::Doubts;
use crate::problem::Place;
use crate::rules::{Entry, EntryId};
use crate::schema::ClassId;

impl Doubts<'_> {
    pub(super) fn names(&mut self) {
        for rules in &self.set.languages {
            let language = rules.language.code.as_str();
            self.repeated(language);
            let mut owners: BTreeMap<(ClassId, String), Vec<EntryId>> = BTreeMap::new();
            for (number, entry) in self.set.lexicon.entries.iter().enumerate() {
                for name in entry.names.get(language).into_iter().flatten() {
                    let folded = self.set.folder.fold_name(name).into_owned();
                    if folded.chars().count() == 1 {
                        let remedy = format!(
                            "move it to the column {language}.abbr, whose forms stand only in slots made for them"
                        );
                        self.warn(
                            self.place_of(entry, name),
                            format!("the name {name} has one character only"),
                            remedy,
                        );
                    }
                    let owners = owners.entry((entry.class, folded)).or_default();
                    // Spellings that fold to one are no doubt: whoever looks a name up finds it as it is written.
                    if owners.last() != Some(&EntryId(number as u32)) {
                        owners.push(EntryId(number as u32));
                    }
                }
            }
            for ((_, name), owners) in owners {
                self.shared(language, &name, &owners);
            }
        }
    }

    /// Warns of names that an entry has twice.
    fn repeated(&mut self, language: &str) {
        for entry in &self.set.lexicon.entries {
            let names = entry.names.get(language).map_or(&[][..], Vec::as_slice);
            for (index, name) in names.iter().enumerate() {
                if names[..index].contains(name) {
                    self.warn(self.place_of(entry, name), format!("the name {name} stands twice"), "leave one out");
                }
            }
        }
    }

    /// Warns of the later entries of a name that have the same rank as an earlier one.
    fn shared(&mut self, language: &str, name: &str, owners: &[EntryId]) {
        for (index, &later) in owners.iter().enumerate().skip(1) {
            let entry = self.set.lexicon.entry(later);
            let rank = |id: &EntryId| self.set.lexicon.entry(*id).rank;
            let Some(&earlier) = owners[..index].iter().find(|id| rank(id) == entry.rank) else { continue };
            let written = |other: &&String| self.set.folder.fold_name(other) == name;
            let written = entry.names.get(language).and_then(|names| names.iter().rfind(written));
            let place = self.place_of(entry, written.map_or(name, String::as_str));
            let other = self.set.lexicon.entry(earlier);
            let message = format!("the name {name} is one of {} in {} too", other.id, other.list);
            let remedy = "give one of the two a lower rank, which then comes first, or leave the name out";
            self.warn(place, message, remedy);
        }
    }

    /// Where an entry has a name: the line of its id, in a file of its list, that holds the name in a cell.
    fn place_of(&self, entry: &Entry, name: &str) -> Place {
        let file = format!("/{}.tsv", entry.list);
        for (path, text) in self.pack.under("", &file) {
            for (number, line) in text.lines().enumerate() {
                let is_entry = line.split('\t').any(|cell| cell == entry.id);
                let at = line.match_indices(name).map(|(at, _)| at).filter(|&at| is_cell(line, at, name)).last();
                if let (true, Some(at)) = (is_entry, at) {
                    return Place { file: path.into(), line: number + 1, column: line[..at].chars().count() + 1 };
                }
            }
        }
        Place::file(format!("{}.tsv", entry.list))
    }
}

/// Whether what stands at a byte of the line is a whole name.
fn is_cell(line: &str, at: usize, name: &str) -> bool {
    let ends = |c: char| matches!(c, '\t' | '|' | ' ');
    line[..at].chars().next_back().is_none_or(ends) && line[at + name.len()..].chars().next().is_none_or(ends)
}
