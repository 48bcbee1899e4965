//! Loading what `extract` wrote: a file, or the best files of a folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use oxigraph::model::Quad;
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};

use super::Store;
use crate::export::rdf::Statements;
use crate::export::{Format, Options};
use crate::graph::{Graph, Records};
use crate::problem::{Place, Problem};
use crate::schema::Schema;

/// The name of the file that holds a merged graph, without its ending.
const MERGED: &str = "graph";

/// Formats as a folder's files are chosen: those with a graph for each document first.
const PREFERRED: [Format; 7] =
    [Format::NQuads, Format::TriG, Format::Turtle, Format::NTriples, Format::JsonLd, Format::RdfXml, Format::Json];

impl Store {
    /// Loads a file by its ending. Of a folder, loads `graph.*` if it has one, else every file, and of files that
    /// differ only in their format the one that says most.
    ///
    /// # Errors
    /// A path without a graph, a file that can't be read, and what is wrong in a file, with its place.
    pub fn load(path: &Path, schema: &Schema, options: &Options) -> Result<Self, Problem> {
        let store = Self::empty(schema, options)?;
        let mut records: Vec<Records> = Vec::new();
        for (path, format) in choose(path)? {
            match rdf_format(format) {
                Some(format) => store.load_rdf(&path, format)?,
                None => records.push(read_json(&path)?),
            }
        }
        if !records.is_empty() {
            let mut quads = Vec::new();
            add_graph(&Graph::build(records), schema, options, &mut quads);
            store.fill(quads.into_iter().map(Ok))?;
        }
        Ok(store)
    }

    fn load_rdf(&self, path: &Path, format: RdfFormat) -> Result<(), Problem> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let parser = RdfParser::from_format(format).for_reader(BufReader::new(file));
        self.fill(parser.map(|quad| quad.map_err(|error| broken(path, &error))))
    }
}

/// The statements of a graph, appended to `quads`.
pub(super) fn add_graph(graph: &Graph, schema: &Schema, options: &Options, quads: &mut Vec<Quad>) {
    let written = Statements::new(graph, schema, options).quads(&mut |quad| {
        quads.push(quad.into_owned());
        Ok(())
    });
    debug_assert!(written.is_ok(), "a vector takes every quad");
}

fn choose(path: &Path) -> Result<Vec<(PathBuf, Format)>, Problem> {
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_dir() {
        return match format_of(path) {
            Some(format) => Ok(vec![(path.to_owned(), format)]),
            None => Err(no_graph(path, "has an ending that is no format of graphs")),
        };
    }
    let mut by_stem: BTreeMap<String, (usize, PathBuf)> = BTreeMap::new();
    for entry in fs::read_dir(path).map_err(|error| unreadable(path, &error))?.flatten() {
        let file = entry.path();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let rank = format_of(&file).and_then(|format| PREFERRED.iter().position(|&known| known == format));
        if let Some(rank) = rank.filter(|_| file.is_file() && !stem.starts_with('.')) {
            let best = by_stem.entry(stem).or_insert_with(|| (rank, file.clone()));
            if rank < best.0 {
                *best = (rank, file);
            }
        }
    }
    let chosen: Vec<(usize, PathBuf)> = match by_stem.remove(MERGED) {
        Some(merged) => vec![merged],
        None => by_stem.into_values().collect(),
    };
    if chosen.is_empty() {
        return Err(no_graph(path, "has no graph in it"));
    }
    Ok(chosen.into_iter().map(|(rank, file)| (file, PREFERRED[rank])).collect())
}

fn format_of(path: &Path) -> Option<Format> {
    Format::named(path.extension()?.to_str()?)
}

fn rdf_format(format: Format) -> Option<RdfFormat> {
    RdfFormat::from_media_type(format.media_type()).filter(|_| format != Format::Json)
}

fn read_json(path: &Path) -> Result<Records, Problem> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        let place = Place { file: path.to_string_lossy().into_owned(), line: error.line(), column: error.column() };
        Problem::error(place, format!("is no graph as extract writes it: {error}"), "extract it again")
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let remedy = "give a file or folder that extract wrote";
    Problem::error(Place::file(path.to_string_lossy()), format!("can't be read: {error}"), remedy)
}

fn no_graph(path: &Path, message: &str) -> Problem {
    let endings: Vec<&str> = Format::all().map(Format::ending).collect();
    let remedy = format!("graphs are files that end in .{}; extract writes them", endings.join(", ."));
    Problem::error(Place::file(path.to_string_lossy()), message, remedy)
}

fn broken(path: &Path, error: &RdfParseError) -> Problem {
    let file = path.to_string_lossy().into_owned();
    let place = match error {
        RdfParseError::Syntax(error) => match error.location() {
            Some(at) => Place { file, line: at.start.line as usize + 1, column: at.start.column as usize + 1 },
            None => Place::file(file),
        },
        RdfParseError::Io(_) => Place::file(file),
    };
    Problem::error(place, format!("can't be read as a graph: {error}"), "extract it again, or correct the file")
}
