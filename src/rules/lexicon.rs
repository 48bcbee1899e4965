//! Lexicons: tables of named things with their names in each language.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::problem::{Place, Problem};
use crate::schema::{ClassId, Schema};

/// An entry, by its place in [`Lexicon::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A named thing.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its class.
    pub class: ClassId,
    /// Its id in the list; with the class's prefix it is the entity's id.
    pub id: String,
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// Wikidata item.
    pub wikidata: String,
    /// The state it belongs to, by code.
    pub state: String,
    /// Names that stand by themselves, by language; the first is the label.
    pub names: BTreeMap<String, Vec<String>>,
    /// Names that are only ever parts of others, by language: adjectives, names of inhabitants.
    pub adjectives: BTreeMap<String, Vec<String>>,
    /// Short forms that stand only in slots made for them, by language.
    pub short: BTreeMap<String, Vec<String>>,
    /// Among entries of one short form, the lowest comes first.
    pub rank: u32,
    /// The members of a plural, by code.
    pub members: Vec<String>,
    /// Attributes.
    pub attributes: BTreeMap<String, String>,
    /// The list it stands in.
    pub list: Arc<str>,
}

/// All entries.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Entries in the order read; the same entry of several files is one.
    pub entries: Vec<Entry>,
    by_id: HashMap<(ClassId, String), EntryId>,
}

impl Lexicon {
    /// The entry of this id.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The entry of a class by its id or code.
    pub fn find(&self, class: ClassId, id: &str) -> Option<EntryId> {
        self.by_id.get(&(class, id.to_owned())).copied()
    }

    /// Any entry with this id or code, the first class in the schema's order first.
    pub fn find_any(&self, schema: &Schema, id: &str) -> Option<EntryId> {
        (0..schema.classes.len()).find_map(|class| self.find(ClassId(class as u8), id))
    }

    /// Adds the entries of a file; `language` is the folder's, for the column `names`.
    pub fn read(
        &mut self,
        schema: &Schema,
        file: &str,
        language: Option<&str>,
        source: &str,
        problems: &mut Vec<Problem>,
    ) {
        let list: Arc<str> = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".tsv").into();
        let mut lines = source.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let Some((_, header)) = lines.next() else { return };
        let columns: Vec<&str> = header.split('\t').collect();
        let class = schema.lexicons.get(&*list).and_then(|name| schema.class_id(name));
        if class.is_none() && !columns.contains(&"class") {
            let remedy = format!("add a column class, or {list} = \"Class\" under [lexicons] in schema.toml");
            problems.push(Problem::error(Place::file(file), "of which class are these?", remedy));
            return;
        }
        for (number, line) in lines {
            let place = Place { file: file.to_owned(), line: number + 1, column: 0 };
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != columns.len() {
                let message = format!("{} cells where the header has {}", cells.len(), columns.len());
                problems.push(Problem::error(place, message, "separate cells with one tab; leave empty cells empty"));
                continue;
            }
            let mut entry = Entry { class: class.unwrap_or_default(), list: list.clone(), rank: 5, ..Entry::default() };
            let mut wrong = None;
            for (column, cell) in columns.iter().zip(cells) {
                wrong = wrong.or(entry.set(schema, column, cell, language).err());
            }
            match wrong {
                Some((message, remedy)) => problems.push(Problem::error(place, message, remedy)),
                None => self.add(entry, place, problems),
            }
        }
    }

    fn add(&mut self, mut entry: Entry, place: Place, problems: &mut Vec<Problem>) {
        if entry.id.is_empty() {
            entry.id = entry.code.clone();
        }
        if entry.id.is_empty() {
            problems.push(Problem::error(place, "an entry without id", "fill the column id, or code"));
            return;
        }
        let key = (entry.class, entry.id.clone());
        match self.by_id.get(&key).copied() {
            Some(known) => {
                let known = &mut self.entries[known.0 as usize];
                if entry.names.keys().any(|language| known.names.contains_key(language)) {
                    let message = format!("the id {} stands twice", key.1);
                    problems.push(Problem::error(place, message, "join the two lines, or give one another id"));
                    return;
                }
                known.names.append(&mut entry.names);
                known.short.append(&mut entry.short);
                known.adjectives.append(&mut entry.adjectives);
            }
            None => {
                let id = EntryId(self.entries.len() as u32);
                if !entry.code.is_empty() {
                    self.by_id.insert((entry.class, entry.code.clone()), id);
                }
                self.by_id.insert(key, id);
                self.entries.push(entry);
            }
        }
    }
}

impl Entry {
    fn set(
        &mut self,
        schema: &Schema,
        column: &str,
        cell: &str,
        language: Option<&str>,
    ) -> Result<(), (String, String)> {
        if cell.is_empty() {
            return Ok(());
        }
        let names = || cell.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        match column {
            "id" => cell.clone_into(&mut self.id),
            "class" => {
                let found = schema.class_id(cell);
                self.class =
                    found.ok_or_else(|| (format!("unknown class {cell}"), "use a class of schema.toml".to_owned()))?;
            }
            "code" => cell.clone_into(&mut self.code),
            "wikidata" => cell.clone_into(&mut self.wikidata),
            "state" | "country" => cell.clone_into(&mut self.state),
            "rank" => {
                self.rank =
                    cell.parse().map_err(|_| (format!("{cell} is no rank"), "write a whole number".to_owned()))?
            }
            "members" => self.members = names().collect(),
            "names" => match language {
                Some(language) => self.names.entry(language.to_owned()).or_default().extend(names()),
                None => {
                    return Err((
                        "names of which language?".into(),
                        "in common, name the column by the language: zh, en".into(),
                    ));
                }
            },
            _ => match column.split_once('.') {
                Some((language, "abbr")) => self.short.entry(language.to_owned()).or_default().extend(names()),
                Some((language, "adj")) => self.adjectives.entry(language.to_owned()).or_default().extend(names()),
                None if column.len() == 2 => self.names.entry(column.to_owned()).or_default().extend(names()),
                _ if schema.class(self.class).attributes.iter().any(|name| name == column) => {
                    self.attributes.insert(column.to_owned(), cell.to_owned());
                }
                _ => {
                    return Err((
                        format!("unknown column {column}"),
                        "see rules/README.md for the columns; attributes are declared in schema.toml".into(),
                    ));
                }
            },
        }
        Ok(())
    }

    /// A usual name in a language, else in any.
    pub fn label(&self, language: &str) -> &str {
        let names = self.names.get(language).or_else(|| self.names.values().next());
        names.and_then(|names| names.first()).map_or(&*self.id, String::as_str)
    }
}
