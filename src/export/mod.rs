//! From the graph to bytes: one file a format, none of which knows another.

mod json;
mod jsonld;
mod nquads;
mod ntriples;
pub mod rdf;
mod rdfxml;
mod trig;
mod turtle;

use std::io::{self, Write};

use crate::graph::Graph;
use crate::schema::Schema;

/// A form that the graph is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The product's own JSON.
    Json,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// N-Quads, with a named graph for each document.
    NQuads,
    /// TriG, with a named graph for each document.
    TriG,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD 1.1, compact, with its context inside.
    JsonLd,
}

type Writer = fn(&Graph, &Schema, &Options, &mut dyn Write) -> io::Result<()>;

struct Row {
    format: Format,
    name: &'static str,
    ending: &'static str,
    media_type: &'static str,
    writer: Writer,
}

#[rustfmt::skip]
const TABLE: [Row; 7] = [
    Row { format: Format::Json, name: "json", ending: "json", media_type: "application/json", writer: json::write },
    Row { format: Format::Turtle, name: "ttl", ending: "ttl", media_type: "text/turtle", writer: turtle::write },
    Row { format: Format::NTriples, name: "nt", ending: "nt", media_type: "application/n-triples", writer: ntriples::write },
    Row { format: Format::NQuads, name: "nq", ending: "nq", media_type: "application/n-quads", writer: nquads::write },
    Row { format: Format::TriG, name: "trig", ending: "trig", media_type: "application/trig", writer: trig::write },
    Row { format: Format::RdfXml, name: "rdfxml", ending: "rdf", media_type: "application/rdf+xml", writer: rdfxml::write },
    Row { format: Format::JsonLd, name: "jsonld", ending: "jsonld", media_type: "application/ld+json", writer: jsonld::write },
];

impl Format {
    /// Every format, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.format)
    }

    /// The format of this name, or of this file ending, without a dot.
    pub fn named(name: &str) -> Option<Self> {
        let row = TABLE.iter().find(|row| row.name.eq_ignore_ascii_case(name) || row.ending.eq_ignore_ascii_case(name));
        row.map(|row| row.format)
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The ending of its files, without a dot.
    pub fn ending(self) -> &'static str {
        self.row().ending
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.row().media_type
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

/// What the user may choose about an export.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The namespace of entities, documents and facts, instead of the schema's; an absolute IRI.
    pub base: Option<String>,
}

/// Writes the graph. Unbuffered: give it a buffered writer.
///
/// # Errors
/// Only those of `to`.
pub fn write(format: Format, graph: &Graph, schema: &Schema, options: &Options, mut to: impl Write) -> io::Result<()> {
    (format.row().writer)(graph, schema, options, &mut to)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_formats() {
        for row in &TABLE {
            assert_eq!(row.format.name(), row.name);
            assert_eq!(Format::named(row.ending), Some(row.format));
        }
    }
}
