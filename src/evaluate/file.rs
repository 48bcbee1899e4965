//! Reading a gold file or an extraction: both forms of JSON, with the place of whatever is wrong.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::problem::{Place, Problem};
use crate::schema::Schema;

use super::place::Source;
use super::reading::{Proof, Reading, Said, Thing, names};

/// What to do about a file that can't be read as JSON of either form.
const REMEDY: &str = "write it as the annotation guide or the JSON output says";

#[derive(Deserialize)]
struct WrittenFile<'a> {
    #[serde(borrow)]
    entities: Vec<&'a RawValue>,
    #[serde(borrow)]
    facts: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WrittenEntity {
    id: String,
    class: String,
    #[serde(default)]
    is_a: Vec<String>,
    name: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    labels: Option<BTreeMap<String, OneOrMany<String>>>,
    #[serde(default)]
    mentions: Vec<WrittenProof>,
}

#[derive(Deserialize)]
struct WrittenFact {
    #[serde(alias = "predicate")]
    p: String,
    #[serde(alias = "subject")]
    s: OneOrMany<String>,
    #[serde(alias = "object")]
    o: OneOrMany<WrittenValue>,
    #[serde(default, alias = "qualifiers")]
    q: Option<BTreeMap<String, Option<OneOrMany<WrittenValue>>>>,
    #[serde(default)]
    evidence: Option<OneOrMany<WrittenProof>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected one or a list")]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected an id, a date or text, or an object with one of entity, date, text")]
enum WrittenValue {
    Plain(String),
    Typed {
        #[serde(default)]
        entity: String,
        #[serde(default)]
        date: String,
        #[serde(default)]
        text: String,
    },
}

impl WrittenValue {
    fn plain(self) -> String {
        match self {
            Self::Plain(plain) => plain,
            Self::Typed { entity, date, text } => {
                [entity, date].into_iter().find(|one| !one.is_empty()).unwrap_or(text)
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected words of the text, or an object with start, text and rule")]
enum WrittenProof {
    Words(String),
    Placed {
        text: String,
        #[serde(default)]
        start: Option<u64>,
        #[serde(default)]
        rule: String,
    },
}

impl WrittenProof {
    fn read(self) -> Proof {
        match self {
            Self::Words(text) => Proof { start: None, text, rule: String::new() },
            Self::Placed { text, start, rule } => Proof { start, text, rule },
        }
    }
}

impl Reading {
    /// Reads a file of either form; `file` names it in problems. With the document's text (and its own file's name)
    /// misses and false finds get their place in it.
    ///
    /// # Errors
    /// The first thing wrong, with line and column: JSON syntax, a key that is missing or of a wrong type, an id that
    /// two entities share. What is only doubtful stands in [`Reading::warnings`]: a class, predicate or id that is
    /// not known, evidence that the text doesn't hold.
    pub fn read(
        schema: &Schema,
        name: &str,
        file: &str,
        json: &str,
        text: Option<(&str, String)>,
    ) -> Result<Self, Problem> {
        let mut reading = Self::new(name);
        reading.source = text.map(|(file, text)| Source { file: file.into(), text });
        let mut reader = Reader { schema, file, json, reading };
        let written: WrittenFile = reader.parse(json)?;
        for raw in written.entities {
            reader.entity(raw)?;
        }
        for raw in written.facts {
            reader.fact(raw)?;
        }
        Ok(reader.reading)
    }
}

struct Reader<'a> {
    schema: &'a Schema,
    file: &'a str,
    json: &'a str,
    reading: Reading,
}

impl<'a> Reader<'a> {
    /// Parses `part`, a slice of the file.
    fn parse<T: Deserialize<'a>>(&self, part: &'a str) -> Result<T, Problem> {
        serde_json::from_str(part).map_err(|error| {
            let before: usize = part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let offset = self.offset(part) + before + error.column().saturating_sub(1);
            let said = error.to_string();
            let message = said.rfind(" at line ").map_or(said.as_str(), |end| &said[..end]);
            Problem::error(Place::at(self.file, self.json, offset), message, REMEDY)
        })
    }

    /// Where a slice of the file begins.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.json.as_ptr() as usize
    }

    fn entity(&mut self, raw: &'a RawValue) -> Result<(), Problem> {
        let written: WrittenEntity = self.parse(raw.get())?;
        if self.reading.at(&written.id).is_some() {
            let place = Place::at(self.file, self.json, self.offset(raw.get()));
            return Err(Problem::error(place, format!("a second entity {}", written.id), "give it an id of its own"));
        }
        let proofs: Vec<Proof> = written.mentions.into_iter().map(WrittenProof::read).collect();
        let labels: Vec<String> =
            written.labels.into_iter().flatten().flat_map(|(_, label)| label.into_vec()).collect();
        let labels = labels.iter().map(String::as_str).chain([written.name.as_str()]);
        let thing = Thing {
            names: names(labels, &proofs, |proof| &proof.text),
            is_a: written.is_a.into_iter().chain([written.class.clone()]).collect(),
            code: written.code.unwrap_or_default(),
            id: written.id,
            class: written.class,
            name: written.name,
            proofs,
        };
        self.check_class(raw.get(), &thing);
        self.check_proofs(raw.get(), &thing.proofs);
        self.reading.add_thing(thing);
        Ok(())
    }

    fn fact(&mut self, raw: &'a RawValue) -> Result<(), Problem> {
        let written: WrittenFact = self.parse(raw.get())?;
        let plain = |values: OneOrMany<WrittenValue>| values.into_vec().into_iter().map(WrittenValue::plain).collect();
        let qualifiers = written.q.into_iter().flatten().filter_map(|(name, value)| Some((name, plain(value?))));
        let said = Said {
            predicate: written.p,
            subjects: written.s.into_vec(),
            objects: plain(written.o),
            qualifiers: qualifiers.collect(),
            proofs: written.evidence.into_iter().flat_map(OneOrMany::into_vec).map(WrittenProof::read).collect(),
        };
        self.check_fact(raw.get(), &said);
        self.check_proofs(raw.get(), &said.proofs);
        self.reading.add_claims(self.schema, said);
        Ok(())
    }

    fn warn(&mut self, part: &str, message: String, remedy: &str) {
        let place = Place::at(self.file, self.json, self.offset(part));
        self.reading.warnings.push(Problem::warning(place, message, remedy));
    }

    fn check_class(&mut self, part: &str, thing: &Thing) {
        if self.schema.class_id(&thing.class).is_none() {
            self.warn(part, format!("unknown class {}", thing.class), "the schema lists the classes");
        }
    }

    fn check_fact(&mut self, part: &str, said: &Said) {
        let unknown = |id: &&String| self.reading.at(id).is_none();
        let mut doubts: Vec<String> = Vec::new();
        doubts.extend(said.subjects.iter().filter(unknown).map(|id| format!("subject {id} is no entity here")));
        let about = said.qualifiers.get("about").into_iter().flatten();
        doubts.extend(about.filter(unknown).map(|id| format!("about {id}, which is no entity here")));
        match self.schema.predicate_id(&said.predicate).map(|id| self.schema.predicate(id)) {
            None => doubts.push(format!("unknown predicate {}", said.predicate)),
            Some(predicate) if !self.schema.takes_literals(predicate) => {
                let objects = said.objects.iter().filter(unknown);
                doubts.extend(objects.map(|id| format!("{} takes an entity, and {id} is none here", said.predicate)));
            }
            Some(_) => {}
        }
        for doubt in doubts {
            self.warn(part, doubt, "such a fact is never found; correct it or declare what it names");
        }
    }

    fn check_proofs(&mut self, part: &str, proofs: &[Proof]) {
        let Some(source) = &self.reading.source else { return };
        let lost: Vec<String> =
            proofs.iter().filter(|proof| !source.holds(&proof.text)).map(|proof| proof.text.clone()).collect();
        for words in lost {
            self.warn(part, format!("the text doesn't hold {words:?}"), "copy the words exactly as they stand there");
        }
    }
}
