//! The schema: classes, views and predicates, read from `rules/schema.toml`.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use crate::problem::{Place, Problem};

/// A class, by its place in [`Schema::classes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u8);

/// A predicate, by its place in [`Schema::predicates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PredicateId(pub u8);

/// A set of classes, closed under subclasses when made by [`Schema::set`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClassSet(u64);

impl ClassSet {
    /// Whether `class` is a member.
    pub fn has(self, class: ClassId) -> bool {
        self.0 & (1 << class.0) != 0
    }

    /// The members of either.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two share a member.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no member.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set with `class` added.
    pub fn with(self, class: ClassId) -> Self {
        Self(self.0 | 1 << class.0)
    }
}

/// What makes two entities of a class one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyPart {
    /// The code of a lexicon entry.
    Code,
    /// The normal name.
    Name,
    /// The state it belongs to.
    State,
    /// The contracting sides.
    Parties,
    /// The states that run it together.
    Sides,
    /// The date.
    Date,
}

/// A class of things, or of parts of text (`structural`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name, as rules and the JSON write it.
    pub name: String,
    /// The class above it.
    pub parent: Option<String>,
    /// The first part of its entities' ids.
    #[serde(default)]
    pub prefix: String,
    /// What makes two entities one.
    #[serde(default)]
    pub key: Vec<KeyPart>,
    /// Attributes that rules and lexicons may set.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// No entity is of this class itself.
    #[serde(default, rename = "abstract")]
    pub is_abstract: bool,
    /// Being named makes no entity of it; only a fact does.
    #[serde(default)]
    pub latent: bool,
    /// Its slots hold whole numbers, read where the slot stands.
    #[serde(default)]
    pub number: bool,
    /// Its slots hold plurals: whatever several things are, a slot that takes lists takes it.
    #[serde(default)]
    pub plural: bool,
    /// What is named inside its mentions is a mention too.
    #[serde(default)]
    pub open: bool,
    /// Classes whose entities become of this class where its facts speak of them.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Words that are no name, so that no name is found inside them.
    #[serde(default)]
    pub blocks: bool,
    /// Its normal form is a date.
    #[serde(default)]
    pub date: bool,
    /// Its object is words of the text.
    #[serde(default)]
    pub text: bool,
    /// Needed by rules only; never in the graph.
    #[serde(default)]
    pub structural: bool,
    /// What it is, in a sentence.
    pub note: String,
    /// `#rrggbb` for pictures.
    #[serde(default)]
    pub color: String,
    /// Terms of standard vocabularies, as `prefix:name`.
    #[serde(default)]
    pub maps: Vec<String>,
}

/// A name for several classes, which may be read through those who stand for them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Its name, as slots write it.
    pub name: String,
    /// The classes a slot of this view is filled with.
    pub classes: Vec<String>,
    /// Classes that are taken too and read as the state or organisation they stand for.
    #[serde(default)]
    pub through: Vec<String>,
    /// What it is, in a sentence.
    pub note: String,
}

/// A predicate of facts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// Its name, as rules and the JSON write it.
    pub name: String,
    /// Classes of the subject.
    pub domain: Vec<String>,
    /// Classes of the object; `Date` and `Text` for literals.
    pub range: Vec<String>,
    /// Qualifiers that a fact may carry.
    #[serde(default)]
    pub qualifiers: Vec<String>,
    /// Holds both ways.
    #[serde(default)]
    pub symmetric: bool,
    /// Facts of a list of sides are one: the first is the subject, this qualifier holds the others.
    #[serde(default)]
    pub together: Option<String>,
    /// A claim of a side; never stated as a bare triple.
    #[serde(default)]
    pub attributed: bool,
    /// What it says, in a sentence.
    pub note: String,
    /// Terms of standard vocabularies, as `prefix:name`.
    #[serde(default)]
    pub maps: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEvaluate {
    #[serde(default)]
    soft: Vec<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    parts: Vec<String>,
    namespaces: BTreeMap<String, String>,
    prefixes: BTreeMap<String, String>,
    lexicons: BTreeMap<String, String>,
    #[serde(default)]
    evaluate: WrittenEvaluate,
    class: Vec<Spanned<Class>>,
    view: Vec<Spanned<View>>,
    predicate: Vec<Spanned<Predicate>>,
}

/// All classes, views and predicates.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Classes in the order written.
    pub classes: Vec<Class>,
    /// Views in the order written.
    pub views: Vec<View>,
    /// Predicates in the order written.
    pub predicates: Vec<Predicate>,
    /// Namespace of classes and predicates.
    pub ns: String,
    /// Default namespace of entities, documents and facts.
    pub id: String,
    /// Prefixes of standard vocabularies, with their namespaces.
    pub prefixes: BTreeMap<String, String>,
    /// Lexicons whose names are only ever parts of other mentions.
    pub parts: Vec<String>,
    /// The class of each lexicon whose entries are all of one, by file name without ending.
    pub lexicons: BTreeMap<String, String>,
    /// Groups of classes that count as one when extractions are compared with gold files.
    pub soft: Vec<Vec<String>>,
    class_ids: HashMap<String, ClassId>,
    predicate_ids: HashMap<String, PredicateId>,
    ancestors: Vec<Vec<ClassId>>,
    below: Vec<ClassSet>,
}

impl Schema {
    /// Reads `schema.toml`; `file` names it in errors.
    ///
    /// # Errors
    /// The first thing wrong, with its place: TOML syntax, an unknown key, parent, class or prefix, a name twice.
    pub fn read(file: &str, source: &str) -> Result<Self, Problem> {
        let written: Written = toml::from_str(source).map_err(|error| {
            let place = Place::at(file, source, error.span().map_or(0, |span| span.start));
            Problem::error(place, error.message(), "see the comments at the top of schema.toml")
        })?;
        let at = |offset: usize| Place::at(file, source, offset);
        let mut class_ids = HashMap::new();
        for (index, class) in written.class.iter().enumerate() {
            if index >= 64 {
                return Err(Problem::error(at(class.span().start), "more than 64 classes", "merge some classes"));
            }
            if class_ids.insert(class.get_ref().name.clone(), ClassId(index as u8)).is_some() {
                let message = format!("class {} is declared twice", class.get_ref().name);
                return Err(Problem::error(at(class.span().start), message, "remove one of the two"));
            }
        }
        let ancestors = ancestors(&written.class, &class_ids, &at)?;
        let mut below = vec![ClassSet::default(); ancestors.len()];
        for (index, line) in ancestors.iter().enumerate() {
            for above in line {
                below[above.0 as usize] = below[above.0 as usize].with(ClassId(index as u8));
            }
        }
        let mut predicate_ids = HashMap::new();
        for (index, predicate) in written.predicate.iter().enumerate() {
            let name = &predicate.get_ref().name;
            if index > 255 || predicate_ids.insert(name.clone(), PredicateId(index as u8)).is_some() {
                let message = format!("predicate {name} is declared twice");
                return Err(Problem::error(at(predicate.span().start), message, "remove one of the two"));
            }
            let p = predicate.get_ref();
            check_classes(p.domain.iter().chain(&p.range), &class_ids, || at(predicate.span().start))?;
        }
        for view in &written.view {
            let v = view.get_ref();
            check_classes(v.classes.iter().chain(&v.through), &class_ids, || at(view.span().start))?;
        }
        check_classes(written.lexicons.values(), &class_ids, || Place::file(file))?;
        let soft = soft_groups(written.evaluate, &class_ids, &at)?;
        let name = |key: &str| {
            written.namespaces.get(key).cloned().ok_or_else(|| {
                let remedy = format!("add {key} = \"https://...\" under [namespaces]");
                Problem::error(Place::file(file), format!("namespace {key} is missing"), remedy)
            })
        };
        Ok(Self {
            ns: name("ns")?,
            id: name("id")?,
            prefixes: written.prefixes,
            lexicons: written.lexicons,
            parts: written.parts,
            soft,
            classes: written.class.into_iter().map(Spanned::into_inner).collect(),
            views: written.view.into_iter().map(Spanned::into_inner).collect(),
            predicates: written.predicate.into_iter().map(Spanned::into_inner).collect(),
            class_ids,
            predicate_ids,
            ancestors,
            below,
        })
    }

    /// The class of this name.
    pub fn class_id(&self, name: &str) -> Option<ClassId> {
        self.class_ids.get(name).copied()
    }

    /// The predicate of this name.
    pub fn predicate_id(&self, name: &str) -> Option<PredicateId> {
        self.predicate_ids.get(name).copied()
    }

    /// The class of this id.
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.0 as usize]
    }

    /// The predicate of this id.
    pub fn predicate(&self, id: PredicateId) -> &Predicate {
        &self.predicates[id.0 as usize]
    }

    /// The class itself and all above it, nearest first.
    pub fn lineage(&self, id: ClassId) -> impl Iterator<Item = &Class> {
        self.ancestors[id.0 as usize].iter().map(|&above| self.class(above))
    }

    /// The named classes with everything below them; unknown names are left out.
    pub fn set<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> ClassSet {
        let ids = names.into_iter().filter_map(|name| self.class_id(name));
        ids.fold(ClassSet::default(), |set, id| set.union(self.below[id.0 as usize]))
    }

    /// The classes of plurals.
    pub fn plurals(&self) -> ClassSet {
        self.marked(|class| class.plural)
    }

    /// The classes that `is` holds of.
    pub fn marked(&self, is: impl Fn(&Class) -> bool) -> ClassSet {
        let ids = (0..self.classes.len()).filter(|&index| is(&self.classes[index]));
        ids.fold(ClassSet::default(), |set, index| set.with(ClassId(index as u8)))
    }

    /// The view of this name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.iter().find(|view| view.name == name)
    }

    /// Whether its facts are positions: what a side stands for, in words of the text.
    pub fn is_position(&self, predicate: &Predicate) -> bool {
        let is_text = |name: &String| self.class_id(name).is_some_and(|id| self.class(id).text);
        predicate.attributed && predicate.range.iter().any(is_text)
    }

    /// Whether its objects may be dates or words of the text.
    pub fn takes_literals(&self, predicate: &Predicate) -> bool {
        let is_literal = |name: &String| self.class_id(name).is_some_and(|id| self.class(id).structural);
        predicate.range.iter().any(is_literal)
    }

    /// The full IRI of a term written `prefix:name`; `None` when the prefix is unknown.
    pub fn expand(&self, term: &str) -> Option<String> {
        let (prefix, name) = term.split_once(':')?;
        Some(format!("{}{name}", self.prefixes.get(prefix)?))
    }
}

fn ancestors(
    classes: &[Spanned<Class>],
    ids: &HashMap<String, ClassId>,
    at: &impl Fn(usize) -> Place,
) -> Result<Vec<Vec<ClassId>>, Problem> {
    let mut all = Vec::with_capacity(classes.len());
    for (index, class) in classes.iter().enumerate() {
        let mut line = vec![ClassId(index as u8)];
        let mut next = class.get_ref().parent.as_ref();
        while let Some(parent) = next {
            let Some(&id) = ids.get(parent) else {
                let message = format!("class {} has an unknown parent {parent}", class.get_ref().name);
                return Err(Problem::error(at(class.span().start), message, "declare the parent as a class"));
            };
            if line.contains(&id) {
                let message = format!("class {} is its own ancestor", class.get_ref().name);
                return Err(Problem::error(at(class.span().start), message, "break the circle"));
            }
            line.push(id);
            next = classes[id.0 as usize].get_ref().parent.as_ref();
        }
        all.push(line);
    }
    Ok(all)
}

fn soft_groups(
    written: WrittenEvaluate,
    ids: &HashMap<String, ClassId>,
    at: &impl Fn(usize) -> Place,
) -> Result<Vec<Vec<String>>, Problem> {
    for class in written.soft.iter().flatten() {
        check_classes([class.get_ref()].into_iter(), ids, || at(class.span().start))?;
    }
    Ok(written.soft.into_iter().map(|group| group.into_iter().map(Spanned::into_inner).collect()).collect())
}

fn check_classes<'a>(
    names: impl Iterator<Item = &'a String>,
    ids: &HashMap<String, ClassId>,
    place: impl Fn() -> Place,
) -> Result<(), Problem> {
    for name in names {
        if !ids.contains_key(name) {
            return Err(Problem::error(place(), format!("unknown class {name}"), "declare it under [[class]]"));
        }
    }
    Ok(())
}
