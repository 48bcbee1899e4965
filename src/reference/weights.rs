//! What speaks for each entry where a form may stand for several: parties first, then what is named most often.

use std::collections::{HashMap, HashSet};

use crate::rules::EntryId;

/// How often entries are named without doubt, and which are parties.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    counts: HashMap<EntryId, usize>,
    parties: HashSet<EntryId>,
}

impl Weights {
    /// Counts an entry that is named without doubt.
    pub(super) fn note(&mut self, entry: EntryId) {
        *self.counts.entry(entry).or_default() += 1;
    }

    /// Makes an entry win over whatever is no party.
    pub(super) fn prefer(&mut self, party: EntryId) {
        self.parties.insert(party);
    }

    /// How often the document names an entry without doubt.
    pub fn named(&self, entry: EntryId) -> usize {
        self.counts.get(&entry).copied().unwrap_or(0)
    }

    /// Whether an entry is a party.
    pub fn is_party(&self, entry: EntryId) -> bool {
        self.parties.contains(&entry)
    }

    /// The entry that speaks most for itself; the first of those that are alike.
    pub fn choose(&self, entries: &[EntryId]) -> EntryId {
        let weight = |entry: EntryId| (self.is_party(entry), self.named(entry));
        let mut best = entries[0];
        for &entry in &entries[1..] {
            if weight(entry) > weight(best) {
                best = entry;
            }
        }
        best
    }
}
