//! The table that an extraction ends with.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::graph::Graph;

/// How many of what a graph holds.
#[derive(Debug, Default)]
pub(super) struct Counts {
    classes: BTreeMap<String, usize>,
    predicates: BTreeMap<String, usize>,
}

impl Counts {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut counts = Self::default();
        for entity in graph.entities() {
            *counts.classes.entry(entity.class.clone()).or_default() += 1;
        }
        for fact in graph.facts() {
            *counts.predicates.entry(fact.predicate.clone()).or_default() += 1;
        }
        counts
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (name, count) in &other.classes {
            *self.classes.entry(name.clone()).or_default() += count;
        }
        for (name, count) in &other.predicates {
            *self.predicates.entry(name.clone()).or_default() += count;
        }
    }
}

/// What a run did.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub(super) documents: usize,
    pub(super) failed: usize,
    pub(super) counts: Counts,
    /// Of the decoded texts.
    pub(super) bytes: usize,
    pub(super) seconds: f64,
}

impl Summary {
    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        row(to, "documents", self.documents)?;
        if self.failed > 0 {
            row(to, "failed", self.failed)?;
        }
        table(to, "entities", &self.counts.classes)?;
        table(to, "facts", &self.counts.predicates)?;
        row(to, "seconds", format!("{:.3}", self.seconds))?;
        row(to, "MB/s", format!("{:.2}", self.bytes as f64 / 1e6 / self.seconds.max(1e-6)))
    }
}

fn table(to: &mut dyn Write, head: &str, counts: &BTreeMap<String, usize>) -> io::Result<()> {
    row(to, head, counts.values().sum::<usize>())?;
    counts.iter().try_for_each(|(name, count)| row(to, &format!("  {name}"), count))
}

fn row(to: &mut dyn Write, name: &str, value: impl std::fmt::Display) -> io::Result<()> {
    writeln!(to, "{name:<28}{value:>10}")
}
