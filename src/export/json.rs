//! The product's own JSON: the records, pretty printed.

use std::io::{self, Write};

use serde::Serialize;

use super::Options;
use crate::graph::{DocumentRecord, Entity, FORMAT, Fact, Graph};
use crate::schema::Schema;

/// The records without a copy of them; the same keys in the same order as [`crate::graph::Records`].
#[derive(Serialize)]
struct Borrowed<'a> {
    schema: &'static str,
    documents: &'a [DocumentRecord],
    entities: Vec<&'a Entity>,
    facts: Vec<&'a Fact>,
}

pub(super) fn write(graph: &Graph, _: &Schema, _: &Options, to: &mut dyn Write) -> io::Result<()> {
    let records = Borrowed {
        schema: FORMAT,
        documents: graph.documents(),
        entities: graph.entities().collect(),
        facts: graph.facts().collect(),
    };
    serde_json::to_writer_pretty(&mut *to, &records)?;
    to.write_all(b"\n")
}
