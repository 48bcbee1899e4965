//! TriG: a named graph for each document.

use std::io::{self, Write};

use oxrdfio::{RdfFormat, RdfSerializer};

use super::Options;
use super::rdf::Statements;
use crate::graph::Graph;
use crate::schema::Schema;

pub(super) fn write(graph: &Graph, schema: &Schema, options: &Options, to: &mut dyn Write) -> io::Result<()> {
    let statements = Statements::new(graph, schema, options);
    let mut serializer = RdfSerializer::from_format(RdfFormat::TriG);
    for (prefix, namespace) in statements.prefixes(schema, options) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(to);
    statements.quads(&mut |quad| writer.serialize_quad(quad))?;
    writer.finish().map(drop)
}
