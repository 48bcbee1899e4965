//! The rules that a command runs with: the embedded ones, or those that the user gives.

use std::path::Path;

use crate::extractor::Extractor;
use crate::problem::{Place, Problem};
use crate::rules::Pack;
use crate::schema::Schema;

const SCHEMA_FILE: &str = "schema.toml";
const EMBEDDED_SCHEMA: &str = include_str!("../../rules/schema.toml");

/// The schema of the pack in `folder`, or the embedded one where the pack has none.
pub(super) fn schema(folder: Option<&Path>) -> Result<Schema, Problem> {
    let Some(path) = folder.map(|folder| folder.join(SCHEMA_FILE)).filter(|path| path.exists()) else {
        return Schema::read(&format!("rules/{SCHEMA_FILE}"), EMBEDDED_SCHEMA);
    };
    let name = path.to_string_lossy();
    let source = std::fs::read_to_string(&path).map_err(|error| {
        let remedy = "check that you may read it and that it is UTF-8";
        Problem::error(Place::file(&*name), format!("can't be read: {error}"), remedy)
    })?;
    Schema::read(&name, &source)
}

/// The embedded rules, and those of `folder` laid over them.
pub(super) fn pack(folder: Option<&Path>) -> Result<Pack, Problem> {
    match folder {
        None => Ok(Pack::embedded()),
        Some(folder) if folder.is_dir() => Pack::embedded().overlay(folder),
        Some(folder) => {
            let remedy = "give a folder with schema.toml and a folder a language";
            Err(Problem::error(Place::file(folder.to_string_lossy()), "is no folder of rules", remedy))
        }
    }
}

/// An extractor with the embedded rules, and those of `folder` laid over them.
pub(super) fn extractor(folder: Option<&Path>) -> Result<Extractor, Vec<Problem>> {
    Extractor::new(&pack(folder).map_err(|problem| vec![problem])?)
}

/// A file of the pack as its author knows it: in `folder` if it is from there.
pub(super) fn shown(folder: Option<&Path>, file: &str) -> String {
    let own = folder.map(|folder| folder.join(file)).filter(|path| path.exists());
    own.map_or_else(|| format!("rules/{file}"), |path| path.to_string_lossy().into_owned())
}
