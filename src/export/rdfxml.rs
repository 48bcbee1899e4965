//! RDF/XML, made safe for XML 1.0.

use std::io::{self, Write};

use oxrdf::TripleRef;
use oxrdfio::{RdfFormat, RdfSerializer};

use super::Options;
use super::rdf::Statements;
use crate::graph::Graph;
use crate::schema::Schema;

pub(super) fn write(graph: &Graph, schema: &Schema, options: &Options, to: &mut dyn Write) -> io::Result<()> {
    let statements = Statements::new(graph, schema, options);
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    for (prefix, namespace) in statements.prefixes(schema, options) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(XmlSafe { to });
    statements.triples(&mut |quad| writer.serialize_triple(TripleRef::from(quad)))?;
    let XmlSafe { to } = writer.finish()?;
    to.write_all(b"\n")
}

/// Passes XML on, with a carriage return (which a reader would drop) as a character reference, and characters that
/// XML 1.0 can't hold as U+FFFD. The serializer itself writes none of these, so each comes from a literal.
struct XmlSafe<'a> {
    to: &'a mut dyn Write,
}

impl Write for XmlSafe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some((at, length, instead)) = first_unsafe(rest) {
            self.to.write_all(&rest[..at])?;
            self.to.write_all(instead)?;
            rest = &rest[at + length..];
        }
        self.to.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Where it stands, how long it is, and what to write instead.
fn first_unsafe(bytes: &[u8]) -> Option<(usize, usize, &'static [u8])> {
    let at = bytes.iter().enumerate().position(|(at, &byte)| match byte {
        b'\t' | b'\n' => false,
        0..0x20 => true,
        0xef => matches!(bytes[at..], [0xef, 0xbf, 0xbe | 0xbf, ..]),
        _ => false,
    })?;
    Some(match bytes[at] {
        b'\r' => (at, 1, b"&#13;"),
        0xef => (at, 3, "\u{fffd}".as_bytes()),
        _ => (at, 1, "\u{fffd}".as_bytes()),
    })
}
