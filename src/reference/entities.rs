//! The entities of a document: one for all the forms of a name.

use std::collections::{BTreeMap, HashMap};

use super::names::{self, Normal, Parts};
use super::weights::Weights;
use crate::mention::{Finder, Lattice, Meaning, Place, Reference};
use crate::rules::{EntryId, LanguageRules, RuleSet};
use crate::schema::{ClassId, ClassSet};
use crate::text::Text;

/// Something that the document speaks of.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its class.
    pub class: ClassId,
    /// The entry of the lexicon that it is.
    pub entry: Option<EntryId>,
    /// Its fullest name so far.
    pub name: String,
    /// Its name without the states in it.
    pub rest: String,
    /// The states in its name, by code, sorted.
    pub codes: Vec<String>,
    /// Whom it belongs to or speaks for.
    pub of: Option<usize>,
    /// Attributes.
    pub attributes: BTreeMap<String, String>,
    /// Numbers of the mentions that stand for it alone.
    pub mentions: Vec<usize>,
}

/// What the entities of a document are read from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) text: &'a Text,
    pub(super) set: &'a RuleSet,
    pub(super) rules: &'a LanguageRules,
    pub(super) lattice: &'a Lattice,
    /// How each mention stands to the others.
    pub(super) places: &'a [Place],
    /// Whether each mention has been dropped.
    pub(super) dropped: &'a [bool],
}

/// All entities of a document.
#[derive(Default)]
pub struct Entities {
    /// Entities by number.
    pub list: Vec<Entity>,
    /// The entity that is the document itself.
    pub document: Option<usize>,
    by_entry: HashMap<EntryId, usize>,
    /// The members of each entity that the document lists them of.
    pub(super) members: HashMap<usize, Vec<usize>>,
    by_name: HashMap<(ClassId, String, Vec<String>), usize>,
    /// What speaks for each entry.
    pub weights: Weights,
}

impl Entities {
    /// Counts the entries that are named without doubt, for the choice among others.
    pub(super) fn new(set: &RuleSet, lattice: &Lattice, places: &[Place]) -> Self {
        let mut entities = Self::default();
        for (mention, place) in lattice.mentions.iter().zip(places) {
            if let (Place::Outer | Place::Kept, Meaning::Entries(entries)) = (place, &mention.meaning)
                && let [entry] = entries.as_slice()
            {
                entities.weights.note(*entry);
                entities.of_entry(set, *entry);
            }
        }
        entities
    }

    /// Parties win over whatever is named more often.
    pub(super) fn prefer(&mut self, parties: &[usize]) {
        for &party in parties {
            if let Some(entry) = self.list[party].entry {
                self.weights.prefer(entry);
            }
        }
    }

    /// The entity of an entry, if the document has it.
    pub(super) fn known(&self, entry: EntryId) -> Option<usize> {
        self.by_entry.get(&entry).copied()
    }

    /// The entity that one of the entries stands for here.
    pub(super) fn of_entries(&mut self, set: &RuleSet, entries: &[EntryId]) -> usize {
        let entry = self.weights.choose(entries);
        self.of_entry(set, entry)
    }

    /// The entity of an entry.
    pub(super) fn of_entry(&mut self, set: &RuleSet, id: EntryId) -> usize {
        if let Some(&known) = self.by_entry.get(&id) {
            return known;
        }
        let entry = set.lexicon.entry(id);
        let codes = if entry.code.is_empty() { Vec::new() } else { vec![entry.code.clone()] };
        let index = self.add(Entity {
            class: entry.class,
            entry: Some(id),
            name: String::new(),
            rest: String::new(),
            codes,
            of: None,
            attributes: entry.attributes.clone(),
            mentions: Vec::new(),
        });
        self.by_entry.insert(id, index);
        if let Some(state) = state_of(set, id) {
            self.list[index].of = Some(self.of_entry(set, state));
        }
        index
    }

    /// Whom a short form stands for. Among three parties or more, a form that is none of theirs stands for the bloc:
    /// all parties but the first.
    fn of_short(&mut self, set: &RuleSet, entries: &[EntryId], parties: &[usize]) -> Vec<usize> {
        let is_party = |entry: &EntryId| self.known(*entry).is_some_and(|entity| parties.contains(&entity));
        if parties.len() > 2 && !entries.iter().any(is_party) {
            return parties[1..].to_vec();
        }
        vec![self.of_entries(set, entries)]
    }

    fn add(&mut self, entity: Entity) -> usize {
        self.list.push(entity);
        self.list.len() - 1
    }

    /// The entities of an entry: its members when it is a plural.
    fn of_any_entries(&mut self, set: &RuleSet, entries: &[EntryId]) -> Vec<usize> {
        let id = self.weights.choose(entries);
        let entry = set.lexicon.entry(id);
        if entry.members.is_empty() {
            return vec![self.of_entry(set, id)];
        }
        let members: Vec<EntryId> =
            entry.members.iter().filter_map(|code| set.lexicon.find_any(&set.schema, code)).collect();
        members.into_iter().map(|member| self.of_entry(set, member)).collect()
    }

    /// Whom a mention stands for before names are resolved: enough for states and listed organisations.
    pub(super) fn sides(&mut self, set: &RuleSet, lattice: &Lattice, index: usize) -> Vec<usize> {
        match &lattice.mentions[index].meaning {
            Meaning::Entries(entries) => self.of_any_entries(set, entries),
            Meaning::Same(other) => self.sides(set, lattice, *other),
            Meaning::Several(members) => members
                .iter()
                .flat_map(|member| match member {
                    Reference::Mention(index) => self.sides(set, lattice, *index),
                    Reference::Entries(entries) => vec![self.of_entries(set, entries)],
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The same, read through the mention that it belongs to or speaks for when its own class is not wanted.
    pub(super) fn sides_through(
        &mut self,
        set: &RuleSet,
        lattice: &Lattice,
        index: usize,
        wanted: ClassSet,
    ) -> Vec<usize> {
        let mut own = self.sides(set, lattice, index);
        own.retain(|&entity| wanted.has(self.list[entity].class));
        match lattice.mentions[index].of {
            Some(of) if own.is_empty() => self.sides(set, lattice, of),
            _ => own,
        }
    }

    /// What every mention stands for; fills in the entities' names and mentions.
    pub(super) fn resolve_all(&mut self, ground: Ground, parties: &[usize]) -> Vec<Vec<usize>> {
        let Ground { text, set, lattice, places, .. } = ground;
        let mut referents: Vec<Option<Vec<usize>>> = vec![None; lattice.mentions.len()];
        let normals = self.normals(ground);
        // Fuller names first, so that short ones find what they are short for.
        let mut order: Vec<usize> = (0..lattice.mentions.len()).collect();
        order.sort_by_key(|&index| {
            let named = normals[index].as_ref().is_some_and(|normal| normal.codes.is_empty());
            (lattice.mentions[index].meaning != Meaning::Document, named, index)
        });
        for index in order {
            self.referents(index, set, lattice, &normals, parties, &mut referents);
        }
        let referents: Vec<Vec<usize>> = referents.into_iter().map(Option::unwrap_or_default).collect();
        self.collect(text, set, lattice, places, &referents);
        referents
    }

    /// The normal names of the mentions that have a name of their own and are seen.
    fn normals(&self, ground: Ground) -> Vec<Option<Normal>> {
        let Ground { text, set, rules, lattice, places, dropped } = ground;
        let mut order: Vec<usize> = (0..lattice.mentions.len()).collect();
        order.sort_by_key(|&index| {
            (lattice.mentions[index].span.start, std::cmp::Reverse(lattice.mentions[index].span.end))
        });
        let starts: Vec<u32> = order.iter().map(|&index| lattice.mentions[index].span.start).collect();
        let prefer = |entries: &[EntryId]| self.weights.choose(entries);
        let parts = Parts { text: text.as_str(), set, rules, lattice, prefer: &prefer };
        let take = |index: usize| {
            let mention = &lattice.mentions[index];
            let name = match &mention.meaning {
                Meaning::Name(name) => name.as_str(),
                Meaning::Document => mention.span.of(text.as_str()),
                _ => return None,
            };
            if places[index] == Place::Hidden {
                return None;
            }
            let from = starts.partition_point(|&start| start < mention.span.start);
            let to = starts.partition_point(|&start| start < mention.span.end);
            let inside: Vec<usize> = order[from..to]
                .iter()
                .copied()
                .filter(|&other| other != index && !dropped[other] && lattice.mentions[other].span != mention.span)
                .collect();
            Some(names::normal(mention.span, name, &inside, parts))
        };
        (0..lattice.mentions.len()).map(take).collect()
    }

    fn referents(
        &mut self,
        index: usize,
        set: &RuleSet,
        lattice: &Lattice,
        normals: &[Option<Normal>],
        parties: &[usize],
        known: &mut Vec<Option<Vec<usize>>>,
    ) -> Vec<usize> {
        if let Some(found) = &known[index] {
            return found.clone();
        }
        known[index] = Some(Vec::new()); // a circle stands for nothing
        let mention = &lattice.mentions[index];
        let found = match &mention.meaning {
            Meaning::Entries(entries) if mention.parts.is_some() => self.of_short(set, entries, parties),
            Meaning::Entries(entries) => self.of_any_entries(set, entries),
            Meaning::Same(other) => self.referents(*other, set, lattice, normals, parties, known),
            Meaning::Several(members) => {
                let mut all = Vec::new();
                for member in members {
                    all.extend(match member {
                        Reference::Mention(other) => self.referents(*other, set, lattice, normals, parties, known),
                        Reference::Entries(entries) => self.of_short(set, entries, parties),
                    });
                }
                all
            }
            Meaning::Parties => parties.to_vec(),
            Meaning::MembersOf(other) => {
                let of = self.referents(*other, set, lattice, normals, parties, known);
                let listed = of.iter().filter_map(|of| self.members.get(of)).flatten().copied().collect::<Vec<_>>();
                if listed.is_empty() { of } else { listed }
            }
            Meaning::Document => vec![self.document(mention.class, normals[index].as_ref(), parties)],
            Meaning::Name(name) => match &normals[index] {
                Some(normal) => vec![self.named(mention.class, name, normal)],
                None => Vec::new(),
            },
            Meaning::Value(_) | Meaning::Impossible(_) => Vec::new(),
        };
        if let [one] = found.as_slice() {
            let (one, of) = (*one, mention.of);
            if let Some(of) = of
                .map(|of| self.referents(of, set, lattice, normals, parties, known))
                .and_then(|all| all.first().copied())
            {
                let entity = &mut self.list[one];
                if entity.of.is_none() && set.schema.class(entity.class).key.contains(&crate::schema::KeyPart::State) {
                    entity.of = Some(of);
                }
            }
            for (name, value) in &mention.attributes {
                self.list[one].attributes.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        let mut unique = Vec::new();
        for entity in found {
            if !unique.contains(&entity) {
                unique.push(entity);
            }
        }
        known[index] = Some(unique.clone());
        unique
    }

    /// The entity that the document is.
    fn document(&mut self, class: ClassId, normal: Option<&Normal>, parties: &[usize]) -> usize {
        let key = normal.map(|normal| (class, normal.rest.clone(), normal.codes.clone()));
        if let Some(known) = self.document {
            self.by_name.extend(key.map(|key| (key, known)));
            return known;
        }
        let codes: Vec<String> = parties.iter().flat_map(|&party| self.list[party].codes.clone()).collect();
        let index = self.add(Entity {
            class,
            entry: None,
            name: String::new(),
            rest: String::new(),
            codes,
            of: None,
            attributes: BTreeMap::new(),
            mentions: Vec::new(),
        });
        self.document = Some(index);
        self.by_name.extend(key.map(|key| (key, index)));
        index
    }

    /// The entity of a name: the same normal name, or a short form of exactly one.
    fn named(&mut self, class: ClassId, name: &str, normal: &Normal) -> usize {
        let key = (class, normal.rest.clone(), normal.codes.clone());
        if let Some(&known) = self.by_name.get(&key) {
            return known;
        }
        if normal.codes.is_empty()
            && let Some(known) = self.longer(class, &normal.rest)
        {
            self.by_name.insert(key, known);
            return known;
        }
        let index = self.add(Entity {
            class,
            entry: None,
            name: name.to_owned(),
            rest: normal.rest.clone(),
            codes: normal.codes.clone(),
            of: None,
            attributes: BTreeMap::new(),
            mentions: Vec::new(),
        });
        self.by_name.insert(key, index);
        index
    }

    /// The one entity of a class whose name says the same with its states, or, for a very short name, ends so.
    fn longer(&self, class: ClassId, rest: &str) -> Option<usize> {
        let ends = |longer: &str| longer == rest || rest.chars().count() <= 4 && longer.ends_with(rest);
        let mut fits = (0..self.list.len()).filter(|&index| {
            let entity = &self.list[index];
            entity.class == class && entity.entry.is_none() && !entity.codes.is_empty() && ends(&entity.rest)
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// Gives every entity its mentions and its fullest name.
    fn collect(&mut self, text: &Text, set: &RuleSet, lattice: &Lattice, places: &[Place], referents: &[Vec<usize>]) {
        let mut order: Vec<usize> =
            (0..lattice.mentions.len()).filter(|&index| places[index] != Place::Hidden).collect();
        order.sort_by_key(|&index| (lattice.mentions[index].span, index));
        for index in order {
            let mention = &lattice.mentions[index];
            let plural = set.schema.plurals().has(mention.class);
            let [one] = referents[index].as_slice() else { continue };
            if plural {
                continue;
            }
            let entity = &mut self.list[*one];
            entity.mentions.push(index);
            let name = match (&mention.meaning, mention.finder) {
                (Meaning::Name(name), _) => name.as_str(),
                // The document's own words for it are as good a name as the lexicon's.
                (Meaning::Entries(_) | Meaning::Document, _) | (_, Finder::Document(_)) => {
                    mention.span.of(text.as_str())
                }
                _ => continue,
            };
            entity.name = fuller(&entity.name, name);
        }
    }
}

/// The longer of two names, the first when they are alike.
fn fuller(a: &str, b: &str) -> String {
    if b.chars().count() > a.chars().count() { b.to_owned() } else { a.to_owned() }
}

fn state_of(set: &RuleSet, id: EntryId) -> Option<EntryId> {
    let entry = set.lexicon.entry(id);
    if entry.state.is_empty() { None } else { set.lexicon.find_any(&set.schema, &entry.state) }
}
