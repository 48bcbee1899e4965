//! How well extractions agree with gold files: precision, recall and F1 by class, predicate, group and rule.
//!
//! Entities are aligned one to one by code and names, facts by who and what they are about; what is not aligned is a
//! miss or a false find. The figures are those of the annotation guide's own scorer.

mod align;
mod count;
mod figures;
mod file;
mod place;
mod reading;
mod report;
mod tables;
mod words;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::problem::{Place, Problem};
use crate::schema::Schema;

pub use figures::{Figures, Mean};
pub use reading::Reading;
pub use report::{ALL, CORE, DocumentFigures, Finding, FindingKind, POSITIONS, Report, RuleFigures, Tally};

/// The end of a gold file's name.
const GOLD: &str = ".gold.json";
/// The ends of an extraction's name, in the order in which they are looked for.
const FOUND: [&str; 3] = [".json", GOLD, ".txt.json"];

/// Compares extractions with the gold readings of the same name. A document without an extraction counts as one in
/// which nothing was found; an extraction without a gold reading doesn't count.
pub fn compare(schema: &Schema, gold: &[Reading], found: &[Reading]) -> Report {
    let by_name: HashMap<&str, &Reading> = found.iter().map(|reading| (reading.name.as_str(), reading)).collect();
    let mut report = Report::default();
    for gold in gold {
        report.warnings.extend(gold.warnings.iter().cloned());
        let nothing = Reading::new(&gold.name);
        let found = by_name.get(gold.name.as_str()).copied().unwrap_or_else(|| {
            let message = format!("no extraction of {}", gold.name);
            report.warnings.push(Problem::warning(Place::file(&gold.name), message, "it counts as empty; extract it"));
            &nothing
        });
        let alignment = align::align(schema, gold, found);
        count::count(&mut report, schema, gold, found, &alignment);
    }
    report
}

/// Reads every `NAME.gold.json` of a folder, in order of their names; places are found in the `NAME.txt` beside it.
///
/// # Errors
/// Every file that can't be read or is no gold file, and a folder without any.
pub fn read_gold(schema: &Schema, folder: &Path) -> Result<Vec<Reading>, Vec<Problem>> {
    let names = gold_names(folder).map_err(|problem| vec![problem])?;
    every(names.iter().map(|name| {
        let text = folder.join(format!("{name}.txt"));
        read(schema, name, &folder.join(format!("{name}{GOLD}")), Some(&text))
    }))
}

/// Reads the extraction of each gold reading from a folder of `NAME.json` (or of other gold files); those that are
/// not there are left out.
///
/// # Errors
/// Every file that can't be read or is no extraction.
pub fn read_found(schema: &Schema, gold: &[Reading], folder: &Path) -> Result<Vec<Reading>, Vec<Problem>> {
    let files = gold.iter().filter_map(|gold| {
        let paths = FOUND.map(|end| folder.join(format!("{}{end}", gold.name)));
        Some((&gold.name, paths.into_iter().find(|path| path.exists())?))
    });
    every(files.map(|(name, path)| read(schema, name, &path, None)))
}

/// Compares a folder of extractions with a folder of gold files.
///
/// # Errors
/// Every file of the two that can't be read.
pub fn run(schema: &Schema, gold: &Path, found: &Path) -> Result<Report, Vec<Problem>> {
    let gold = read_gold(schema, gold)?;
    let found = read_found(schema, &gold, found)?;
    Ok(compare(schema, &gold, &found))
}

/// All readings, or all problems.
fn every(readings: impl Iterator<Item = Result<Reading, Problem>>) -> Result<Vec<Reading>, Vec<Problem>> {
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for reading in readings {
        match reading {
            Ok(reading) => good.push(reading),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(good) } else { Err(problems) }
}

fn gold_names(folder: &Path) -> Result<Vec<String>, Problem> {
    let unreadable = |error| unreadable(folder, &error);
    let mut files: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        files.extend(entry.map_err(unreadable)?.file_name().into_string().ok().filter(|name| name.ends_with(GOLD)));
    }
    if files.is_empty() {
        let place = Place::file(folder.display().to_string());
        return Err(Problem::error(place, "no gold files here", format!("name a folder of NAME{GOLD}")));
    }
    files.sort();
    Ok(files.iter().map(|file| file.strip_suffix(GOLD).unwrap_or(file).to_owned()).collect())
}

fn read(schema: &Schema, name: &str, path: &Path, text: Option<&PathBuf>) -> Result<Reading, Problem> {
    let json = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let text = text.and_then(|path| Some((path.display().to_string(), std::fs::read_to_string(path).ok()?)));
    let text = text.as_ref().map(|(file, text)| (file.as_str(), text.clone()));
    Reading::read(schema, name, &path.display().to_string(), &json, text)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::error(Place::file(path.display().to_string()), error.to_string(), "check the path and its permissions")
}
