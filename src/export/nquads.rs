//! N-Quads: a named graph for each document.

use std::io::{self, Write};

use oxrdfio::{RdfFormat, RdfSerializer};

use super::Options;
use super::rdf::Statements;
use crate::graph::Graph;
use crate::schema::Schema;

pub(super) fn write(graph: &Graph, schema: &Schema, options: &Options, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(to);
    Statements::new(graph, schema, options).quads(&mut |quad| writer.serialize_quad(quad))?;
    writer.finish().map(drop)
}
