//! N-Triples.

use std::io::{self, Write};

use oxrdf::TripleRef;
use oxrdfio::{RdfFormat, RdfSerializer};

use super::Options;
use super::rdf::Statements;
use crate::graph::Graph;
use crate::schema::Schema;

pub(super) fn write(graph: &Graph, schema: &Schema, options: &Options, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(to);
    Statements::new(graph, schema, options).triples(&mut |quad| writer.serialize_triple(TripleRef::from(quad)))?;
    writer.finish().map(drop)
}
