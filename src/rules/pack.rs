//! A rule pack: files by path, from the binary, from a folder, or one laid over the other.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::problem::{Place, Problem};

static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The files of a pack by path, with `/` between folders.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// Text by path.
    pub files: BTreeMap<String, String>,
}

impl Pack {
    /// The pack that is built in.
    pub fn embedded() -> Self {
        let mut pack = Self::default();
        pack.embed(&EMBEDDED);
        pack
    }

    fn embed(&mut self, dir: &Dir) {
        for file in dir.files() {
            if let Some(text) = file.contents_utf8() {
                self.files.insert(file.path().to_string_lossy().replace('\\', "/"), text.to_owned());
            }
        }
        dir.dirs().for_each(|dir| self.embed(dir));
    }

    /// Lays a folder over this pack: a file of the same path takes the place of the one here. A folder that has a
    /// `schema.toml` of its own is a whole pack and replaces this one.
    ///
    /// # Errors
    /// A file or folder that can't be read, or is no UTF-8.
    pub fn overlay(self, dir: &Path) -> Result<Self, Problem> {
        let mut over = Self::default();
        over.collect(dir, dir)?;
        if over.files.is_empty() {
            return Err(Problem::error(
                Place::file(dir.display().to_string()),
                "no rules here",
                "name a folder with *.toml or *.tsv files",
            ));
        }
        if over.files.contains_key("schema.toml") {
            return Ok(over);
        }
        let mut files = self.files;
        files.append(&mut over.files);
        Ok(Self { files })
    }

    fn collect(&mut self, root: &Path, dir: &Path) -> Result<(), Problem> {
        let problem = |path: &Path, error: std::io::Error| {
            Problem::error(
                Place::file(path.display().to_string()),
                error.to_string(),
                "name a folder of rules that can be read",
            )
        };
        for entry in std::fs::read_dir(dir).map_err(|error| problem(dir, error))? {
            let path = entry.map_err(|error| problem(dir, error))?.path();
            let kept = path.extension().is_some_and(|ending| ending == "toml" || ending == "tsv");
            if path.is_dir() {
                self.collect(root, &path)?;
            } else if kept {
                let text = std::fs::read_to_string(&path).map_err(|error| problem(&path, error))?;
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                self.files.insert(name, text);
            }
        }
        Ok(())
    }

    /// The files whose path begins and ends like this: path and text.
    pub fn under(&self, start: &str, ending: &str) -> Vec<(&str, &str)> {
        let files = self.files.iter().filter(|(path, _)| path.starts_with(start) && path.ends_with(ending));
        files.map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    /// The language folders: those that hold a `language.toml`.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|path| path.strip_suffix("/language.toml"))
    }
}
