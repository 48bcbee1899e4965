//! The text form of a report: aligned tables, and the list of misses and false finds.

use std::fmt::Write;

use super::figures::{Figures, Mean};
use super::report::{ALL, CORE, FindingKind, POSITIONS, Report, Tally};

/// Rows of cells; the first column is set to the left, the others to the right.
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()] }
    }

    fn add(&mut self, name: &str, cells: impl IntoIterator<Item = String>) {
        self.rows.push([format!("  {name}")].into_iter().chain(cells).collect());
    }

    /// Writes the table and an empty line; nothing when it has only heads.
    fn write(&self, out: &mut String) {
        if self.rows.len() < 2 {
            return;
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|c| c.chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let space = " ".repeat(width - cell.chars().count());
                line += &if column == 0 { format!("{cell}{space}") } else { format!("  {space}{cell}") };
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
}

impl Report {
    /// Figures by class, predicate, group, document and rule, as tables.
    pub fn tables(&self) -> String {
        let mut out = String::new();
        let mut entities = Table::new(&["entities", "P", "R", "F1", "gold", "found"]);
        let all = (ALL.to_owned(), self.all_entities());
        for (class, figures) in self.entities.iter().map(|(class, f)| (class.clone(), *f)).chain([all]) {
            entities.add(&class, figures_row(figures));
        }
        entities.write(&mut out);
        let mut facts = Table::new(&["facts", "P", "R", "F1", "gold", "found"]);
        let groups = [CORE, POSITIONS].map(|group| (group.to_owned(), self.group(group)));
        let all = (ALL.to_owned(), self.all_facts());
        for (predicate, figures) in self.facts.iter().map(|(p, f)| (p.clone(), *f)).chain(groups).chain([all]) {
            facts.add(&predicate, figures_row(figures));
        }
        facts.write(&mut out);
        self.documents_table().write(&mut out);
        self.rules_table().write(&mut out);
        out
    }

    /// F1 by document and group, and the means.
    fn documents_table(&self) -> Table {
        let means = self.mean_groups();
        let heads: Vec<&str> = ["F1 of documents", "entities"].into_iter().chain(means.keys().copied()).collect();
        let mut table = Table::new(&heads);
        for document in &self.documents {
            let groups = means.keys().map(|group| {
                document.groups.get(*group).map_or_else(|| "-".to_owned(), |figures| decimal(figures.document_f1()))
            });
            table.add(&document.name, [decimal(document.entities.document_f1())].into_iter().chain(groups));
        }
        let row: Vec<&Mean> = means.values().collect();
        let entities = self.mean_entities();
        table.add("mean", [&entities].into_iter().chain(row).map(|mean| decimal(mean.f1())));
        table
    }

    /// Rules, those that are wrong most often first.
    fn rules_table(&self) -> Table {
        let mut table = Table::new(&["rules", "facts right", "wrong", "P", "mentions right", "wrong", "P"]);
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(_, figures)| std::cmp::Reverse((figures.facts.wrong, figures.mentions.wrong)));
        for (rule, figures) in rules {
            table.add(rule, tally_row(figures.facts).into_iter().chain(tally_row(figures.mentions)));
        }
        table
    }

    /// Each miss (`-`) and false find (`+`) on a line, with its place and rules; within a document by place.
    pub fn listing(&self) -> String {
        let mut out = String::new();
        for finding in &self.findings {
            let sign = match finding.kind {
                FindingKind::Missed => '-',
                FindingKind::False => '+',
            };
            let class = if finding.fact { String::new() } else { format!("{} ", finding.of) };
            let note = if finding.note.is_empty() { String::new() } else { format!("  ({})", finding.note) };
            let rules =
                if finding.rules.is_empty() { String::new() } else { format!("  [{}]", finding.rules.join(", ")) };
            let _ = writeln!(out, "{sign} {}: {class}{}{note}{rules}", finding.place, finding.said);
        }
        out
    }
}

fn figures_row(figures: Figures) -> [String; 5] {
    let measures = [figures.precision(), figures.recall(), figures.f1()].map(decimal);
    let [precision, recall, f1] = measures;
    [precision, recall, f1, figures.gold.to_string(), figures.found.to_string()]
}

fn tally_row(tally: Tally) -> [String; 3] {
    let all = tally.right + tally.wrong;
    let precision = if all == 0 { "-".to_owned() } else { decimal(tally.right as f64 / all as f64) };
    [tally.right.to_string(), tally.wrong.to_string(), precision]
}

fn decimal(measure: f64) -> String {
    format!("{measure:.3}")
}
