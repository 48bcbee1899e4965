//! Counting what was found, found rightly and wanted, and the measures made from the counts.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Three counts and the measures they give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many of what was found are right.
    pub right: usize,
    /// How many were found.
    pub found: usize,
    /// How many the gold files hold.
    pub gold: usize,
}

impl Figures {
    /// The share of what was found that is right; 0 when nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what the gold files hold that was found; 0 when they hold nothing.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of precision and recall; 0 when nothing is right.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if self.right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    /// The same in one step, as documents' means are made: 0 when nothing was found and nothing wanted.
    pub(super) fn document_f1(&self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Rounded to three decimals, as the JSON form holds measures.
pub(super) fn rounded(measure: f64) -> f64 {
    format!("{measure:.3}").parse().unwrap_or(measure)
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("p", &rounded(self.precision()))?;
        map.serialize_entry("r", &rounded(self.recall()))?;
        map.serialize_entry("f1", &rounded(self.f1()))?;
        map.serialize_entry("gold", &self.gold)?;
        map.serialize_entry("found", &self.found)?;
        map.end()
    }
}

/// The mean of a measure over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    /// Documents that count: those in which something of the kind was found or wanted.
    pub documents: usize,
    sum: f64,
}

impl Mean {
    /// The mean F1; 0 of no documents.
    pub fn f1(&self) -> f64 {
        if self.documents == 0 { 0.0 } else { self.sum / self.documents as f64 }
    }

    pub(super) fn add(&mut self, f1: f64) {
        self.documents += 1;
        self.sum += f1;
    }
}

impl Serialize for Mean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("f1", &rounded(self.f1()))?;
        map.serialize_entry("documents", &self.documents)?;
        map.end()
    }
}
