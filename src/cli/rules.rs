//! The rules that a command runs with: the embedded ones, or those that the user gives.

use std::path::Path;

use crate::extractor::Extractor;
use crate::problem::{Place, Problem};
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

/// An extractor with the embedded rules, and those of `folder` laid over them.
pub(super) fn extractor(folder: Option<&Path>) -> Result<Extractor, Vec<Problem>> {
    match folder {
        None => Extractor::embedded(),
        Some(folder) if folder.is_dir() => Extractor::load(folder),
        Some(folder) => {
            let remedy = "give --rules a folder with schema.toml and a folder a language";
            Err(vec![Problem::error(Place::file(folder.to_string_lossy()), "is no folder of rules", remedy)])
        }
    }
}
