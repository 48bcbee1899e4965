//! Finding documents: files and folders to a sorted list of sources with distinct ids.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::name;
use crate::problem::{Place, Problem};

/// The endings of files that are taken from folders.
pub const ENDINGS: &[&str] = &["txt", "text", "md"];

/// A file that holds a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The document's id.
    pub id: String,
    /// The path as the user named it.
    pub shown: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// Every document in `paths`, sorted by id. A file counts whatever its ending; a folder gives its visible files with
/// one of [`ENDINGS`], at any depth. Different files of one id all get a mark of their content; of equal ones, one is
/// kept. Problems tell of paths that give nothing.
pub fn find(paths: &[PathBuf]) -> (Vec<Source>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let missing = |error: io::Error| {
            let remedy = "check the path; names with spaces need quotes";
            Problem::error(Place::file(path.to_string_lossy()), format!("can't be read: {error}"), remedy)
        };
        match fs::metadata(path) {
            Err(error) => problems.push(missing(error)),
            Ok(about) if about.is_dir() => {
                let before = (found.len(), problems.len());
                let mut walk = Walk { root: path, found: &mut found, problems: &mut problems, above: HashSet::new() };
                walk.folder(path);
                if before == (found.len(), problems.len()) {
                    problems.push(no_documents(path));
                }
            }
            Ok(_) => found.push(source(path, Path::new(path.file_name().unwrap_or(path.as_os_str())))),
        }
    }
    (distinct(found), problems)
}

fn no_documents(folder: &Path) -> Problem {
    let endings: Vec<String> = ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
    Problem::error(
        Place::file(folder.to_string_lossy()),
        "has no documents in it",
        format!("documents in a folder are files that end in {}", endings.join(", ")),
    )
}

fn source(path: &Path, named: &Path) -> Source {
    Source { id: name::id(named), shown: path.to_string_lossy().into_owned(), path: path.to_owned() }
}

struct Walk<'a> {
    root: &'a Path,
    found: &'a mut Vec<Source>,
    problems: &'a mut Vec<Problem>,
    /// The folders that the walk stands in, so that a link to one of them is no endless way.
    above: HashSet<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) {
        let Ok(real) = fs::canonicalize(folder) else { return };
        if !self.above.insert(real.clone()) {
            return;
        }
        match fs::read_dir(folder) {
            Ok(entries) => {
                let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
                paths.sort();
                for path in paths {
                    self.entry(&path);
                }
            }
            Err(error) => {
                let message = format!("can't be listed: {error}");
                let remedy = "check that you may read the folder";
                self.problems.push(Problem::error(Place::file(folder.to_string_lossy()), message, remedy));
            }
        }
        self.above.remove(&real);
    }

    fn entry(&mut self, path: &Path) {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            return;
        }
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => self.folder(path),
            Ok(about) if !about.is_file() => {}
            // A dead link with the ending of a document is found, so that reading it says what is wrong.
            _ if has_ending(path) => self.found.push(source(path, path.strip_prefix(self.root).unwrap_or(path))),
            _ => {}
        }
    }
}

fn has_ending(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Sorts by id and makes ids distinct; what is made of several files does not depend on their order.
fn distinct(found: Vec<Source>) -> Vec<Source> {
    let mut by_id: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for source in found {
        by_id.entry(source.id.clone()).or_default().push(source);
    }
    let mut all: Vec<Source> = by_id.into_values().flat_map(apart).collect();
    all.sort();
    all
}

fn apart(mut same: Vec<Source>) -> Vec<Source> {
    same.sort();
    same.dedup_by(|a, b| a.path == b.path);
    if same.len() == 1 {
        return same;
    }
    let mut by_content: BTreeMap<u64, Source> = BTreeMap::new();
    let mut unreadable = Vec::new();
    for source in same {
        match content_hash(&source.path) {
            Ok(hash) => drop(by_content.entry(hash).or_insert(source)),
            Err(_) => unreadable.push(source),
        }
    }
    let alone = by_content.len() == 1;
    let readable = by_content.into_iter().map(|(hash, mut source)| {
        if !alone {
            source.id.push_str(&format!("-{:08x}", hash >> 32));
        }
        source
    });
    readable.chain(unreadable).collect()
}

fn content_hash(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    let mut hash = name::START;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash),
            length => hash = name::hash(hash, &buffer[..length]),
        }
    }
}
