//! Rows as a table for people: aligned, whole, with known namespaces as prefixes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::model::{Term, Variable};
use unicode_width::UnicodeWidthStr;

use crate::problem::visible;

/// Writes the rows under their variables and counts them. Wide characters take two columns; nothing is cut.
pub(super) fn write(
    variables: &[Variable],
    rows: &[Vec<Option<Term>>],
    prefixes: &BTreeMap<String, String>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let head: Vec<String> = variables.iter().map(|variable| variable.as_str().to_owned()).collect();
    let cell = |term: &Option<Term>| term.as_ref().map_or_else(String::new, |term| shown(term, prefixes));
    let body: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let mut widths: Vec<usize> = head.iter().map(|name| name.width()).collect();
    for row in &body {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
    for line in [&head, &rule].into_iter().chain(&body) {
        write_line(line, &widths, to)?;
    }
    writeln!(to, "({} {})", rows.len(), if rows.len() == 1 { "row" } else { "rows" })
}

fn write_line(cells: &[String], widths: &[usize], to: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
    }
    writeln!(to, "{}", line.trim_end_matches(' '))
}

fn shown(term: &Term, prefixes: &BTreeMap<String, String>) -> String {
    match term {
        Term::NamedNode(iri) => shortened(iri.as_str(), prefixes),
        Term::Literal(literal) => visible(literal.value()).into_owned(),
        other => other.to_string(),
    }
}

/// `prefix:name` by the longest namespace that leaves a name, else `<iri>`.
fn shortened(iri: &str, prefixes: &BTreeMap<String, String>) -> String {
    let fitting =
        prefixes.iter().filter_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace.as_str())?)));
    match fitting.filter(|(_, name)| !name.is_empty()).min_by_key(|(_, name)| name.len()) {
        Some((prefix, name)) => format!("{prefix}:{}", visible(name)),
        None => format!("<{}>", visible(iri)),
    }
}
