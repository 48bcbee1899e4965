//! Programs: patterns as the matcher runs them, and what a text must hold before one is worth running.

use std::collections::HashMap;

use super::analysis;
use super::pattern::{Members, Node};
use super::text::Pinned;
use crate::schema::ClassSet;
use crate::text::{CharSet, Folder, Language, Shape};

/// A role of a rule, by its place in the rule's list.
pub type RoleId = u8;

/// One instruction. Program counters are places in [`Program::steps`].
#[derive(Clone, Debug)]
pub enum Step {
    /// This text.
    Literal(Pinned),
    /// A whole word of the shape of this number.
    Shape(usize),
    /// A word of the list of this number, the longest first; its normal form goes to the role.
    Words(usize, Option<RoleId>),
    /// One character of the set of this number.
    Char(usize),
    /// One character, or one word of a language with spaces; not a clause end unless `wide`.
    Any {
        /// Clause ends too.
        wide: bool,
    },
    /// A mention, or a list of them.
    Slot(usize),
    /// To the end of the unit.
    Rest,
    /// First one, then the other.
    Split(usize, usize),
    /// On at another place.
    Jump(usize),
    /// A role's text begins.
    Open(RoleId),
    /// A role's text ends.
    Close(RoleId),
    /// Only at the start of the unit.
    Start,
    /// Only at the end of the unit.
    End,
    /// Only where the program from the next step to the given one (which ends in `Match`) does not match.
    Not(usize),
    /// Done.
    Match,
}

/// What a slot takes.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// A mention of one of the classes; `through` classes are read as whom they stand for.
    Mention {
        /// Classes taken as they are.
        classes: ClassSet,
        /// Classes that stand for somebody.
        through: ClassSet,
    },
    /// A short form from the lexicon of one of the classes.
    Short(ClassSet),
    /// A whole number from the first to the second.
    Number(u64, u64),
}

/// A slot as run.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its role, if it plays one.
    pub role: Option<RoleId>,
    /// What it takes.
    pub wanted: Wanted,
    /// Whether it takes lists.
    pub members: Members,
}

/// A pattern ready to run.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The instructions.
    pub steps: Vec<Step>,
    /// The slots that steps refer to.
    pub slots: Vec<Slot>,
    /// The sets of characters that steps refer to.
    pub chars: Vec<CharSet>,
    /// The shapes that steps refer to.
    pub shapes: Vec<Shape>,
    /// It can match nothing at all.
    pub empty: bool,
    /// What a match can begin with.
    pub first: First,
    /// A text without any of these holds no match; empty when nothing is known.
    pub anchors: Vec<String>,
    /// A text without a mention of one of these holds no match; empty when nothing is known.
    pub needs: ClassSet,
}

/// What a match can begin with.
#[derive(Clone, Debug, Default)]
pub struct First {
    /// Texts.
    pub literals: Vec<String>,
    /// Mentions of these classes.
    pub classes: ClassSet,
    /// Numbers.
    pub numbers: bool,
    /// Short forms of these classes.
    pub short: ClassSet,
    /// Anywhere at all.
    pub anywhere: bool,
}

/// Looks names of classes and views up: those taken as they are, and those read as whom they stand for.
pub type Classes<'a> = dyn Fn(&[String]) -> Result<(ClassSet, ClassSet), String> + 'a;

/// What names in patterns refer to.
pub struct Scope<'a> {
    /// Folding of literals.
    pub folder: &'a Folder,
    /// Words of each list, by number; longest first.
    pub lists: &'a [WordList],
    /// Numbers of the lists.
    pub list_ids: &'a HashMap<String, usize>,
    /// The language: its named sets, whether words stand apart, whether case matters.
    pub language: &'a Language,
    /// From class or view names to (classes, through).
    pub classes: &'a Classes<'a>,
    /// The class whose slots hold numbers.
    pub number: &'a dyn Fn(&[String]) -> bool,
}

/// A named list of words.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// Its name.
    pub name: String,
    /// Words with their normal forms, longest first.
    pub words: Vec<(Pinned, Option<String>)>,
    /// Words by their first character, as places in `words`.
    by_first: HashMap<char, Vec<u32>>,
}

impl WordList {
    /// A list; words are folded, sorted and made unique.
    pub fn new(name: &str, words: impl IntoIterator<Item = (String, Option<String>)>, folder: &Folder, language: &Language) -> Self {
        let mut words: Vec<_> =
            words.into_iter().map(|(word, value)| (Pinned::new(&word, folder, language), value)).filter(|(word, _)| !word.text.is_empty()).collect();
        words.sort_by(|a, b| b.0.text.len().cmp(&a.0.text.len()).then_with(|| a.cmp(b)));
        words.dedup_by(|a, b| a.0 == b.0);
        let mut by_first: HashMap<char, Vec<u32>> = HashMap::new();
        for (index, (word, _)) in words.iter().enumerate() {
            by_first.entry(word.text.chars().next().unwrap_or_default()).or_default().push(index as u32);
        }
        Self { name: name.to_owned(), words, by_first }
    }

    /// The words that stand at a byte of a text and end before another, longest first, as (length in bytes, normal
    /// form). The text is given as it is and in small letters.
    pub fn starting<'a>(&'a self, cased: &'a str, small: &'a str, at: usize, end: usize) -> impl Iterator<Item = (usize, Option<&'a str>)> {
        let first = small[at..end].chars().next().and_then(|c| self.by_first.get(&c));
        first.into_iter().flatten().filter_map(move |&index| {
            let (word, value) = &self.words[index as usize];
            word.stands(cased, small, at, end).then_some((word.text.len(), value.as_deref()))
        })
    }
}

/// Compiles a pattern; `roles` gets the roles it names.
///
/// # Errors
/// A message for the first name that stands for nothing.
pub fn compile(node: &Node, roles: &mut Vec<String>, scope: &Scope) -> Result<Program, String> {
    let mut compiler = Compiler { program: Program::default(), roles, scope };
    compiler.node(node, None)?;
    compiler.program.steps.push(Step::Match);
    let mut program = compiler.program;
    analysis::complete(&mut program, node, scope)?;
    Ok(program)
}

struct Compiler<'a> {
    program: Program,
    roles: &'a mut Vec<String>,
    scope: &'a Scope<'a>,
}

impl Compiler<'_> {
    fn role(&mut self, name: &str) -> RoleId {
        let index = self.roles.iter().position(|role| role == name).unwrap_or_else(|| {
            self.roles.push(name.to_owned());
            self.roles.len() - 1
        });
        index as RoleId
    }

    fn push(&mut self, step: Step) -> usize {
        self.program.steps.push(step);
        self.program.steps.len() - 1
    }

    /// A part that may be left out; `lazy` tries leaving it out first.
    fn optional(&mut self, lazy: bool, part: &mut dyn FnMut(&mut Self) -> Result<(), String>) -> Result<usize, String> {
        let split = self.push(Step::Match);
        part(self)?;
        self.program.steps[split] =
            if lazy { Step::Split(usize::MAX, split + 1) } else { Step::Split(split + 1, usize::MAX) };
        Ok(split)
    }

    /// Makes the unfinished splits lead here.
    fn land(&mut self, splits: &[usize]) {
        let here = self.program.steps.len();
        for &split in splits {
            if let Step::Split(a, b) = &mut self.program.steps[split] {
                for target in [a, b] {
                    if *target == usize::MAX {
                        *target = here;
                    }
                }
            }
        }
    }

    /// `min` times for sure, then up to `max`, each nested in the one before.
    fn times(
        &mut self,
        min: usize,
        max: usize,
        lazy: bool,
        part: &mut dyn FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        for _ in 0..min {
            part(self)?;
        }
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.optional(lazy, part)?);
        }
        self.land(&splits);
        Ok(())
    }

    fn node(&mut self, node: &Node, role: Option<RoleId>) -> Result<(), String> {
        match node {
            Node::Literal(text) => {
                let pinned = Pinned::new(text, self.scope.folder, self.scope.language);
                if !pinned.text.is_empty() {
                    self.push(Step::Literal(pinned));
                }
            }
            Node::Words(name) => {
                let list = *self.scope.list_ids.get(name).ok_or_else(|| format!("no word list is named {name}"))?;
                self.push(Step::Words(list, role));
            }
            Node::Run { set, min, max, .. } if self.scope.language.shapes.contains_key(set) => self.shapes(set, *min, *max)?,
            Node::Run { set, negated, min, max } => {
                let index = self.program.chars.len();
                self.program.chars.push(char_set(set, *negated, self.scope));
                self.times(*min, *max, false, &mut |compiler| {
                    compiler.push(Step::Char(index));
                    Ok(())
                })?;
            }
            Node::Gap { wide, min, max } => self.times(*min, *max, true, &mut |compiler| {
                compiler.push(Step::Any { wide: *wide });
                Ok(())
            })?,
            Node::Rest => {
                self.push(Step::Rest);
            }
            Node::Sequence(parts) => parts.iter().try_for_each(|part| self.node(part, None))?,
            Node::Choice(branches) => self.choice(branches, role)?,
            Node::Repeat(inner, most) => self.times(0, *most, false, &mut |compiler| compiler.node(inner, None))?,
            Node::Capture(name, inner) => {
                let role = self.role(name);
                self.push(Step::Open(role));
                self.node(inner, Some(role))?;
                self.push(Step::Close(role));
            }
            Node::Slot(slot) => {
                let role = slot.role.as_ref().map(|name| self.role(name));
                let wanted = wanted(slot, self.scope)?;
                self.program.slots.push(Slot { role, wanted, members: slot.members });
                let index = self.program.slots.len() - 1;
                self.push(Step::Slot(index));
            }
            Node::Not(inner) => {
                let not = self.push(Step::Match);
                self.node(inner, None)?;
                let end = self.push(Step::Match);
                self.program.steps[not] = Step::Not(end + 1);
            }
            Node::Start => {
                self.push(Step::Start);
            }
            Node::End => {
                self.push(Step::End);
            }
        }
        Ok(())
    }

    /// Words of a shape with single spaces between them.
    fn shapes(&mut self, set: &str, min: usize, max: usize) -> Result<(), String> {
        let index = self.program.shapes.len();
        self.program.shapes.push(self.scope.language.shapes[set].clone());
        let mut before = false;
        self.times(min, max, false, &mut |compiler| {
            if before {
                compiler.push(Step::Literal(Pinned::plain(" ")));
            }
            before = true;
            compiler.push(Step::Shape(index));
            Ok(())
        })
    }

    fn choice(&mut self, branches: &[Node], role: Option<RoleId>) -> Result<(), String> {
        let mut jumps = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if index + 1 < branches.len() {
                let split = self.push(Step::Match);
                self.node(branch, role)?;
                jumps.push(self.push(Step::Match));
                let next = self.program.steps.len();
                self.program.steps[split] = Step::Split(split + 1, next);
            } else {
                self.node(branch, role)?;
            }
        }
        let end = self.program.steps.len();
        for jump in jumps {
            self.program.steps[jump] = Step::Jump(end);
        }
        Ok(())
    }
}

fn char_set(set: &str, negated: bool, scope: &Scope) -> CharSet {
    const ALL: &str = "\0-\u{10FFFF}";
    match scope.language.chars.get(set) {
        Some(named) if !negated => named.clone(),
        Some(named) => CharSet::plain(ALL, named.of.clone()).prepare(),
        None if negated => CharSet::plain(ALL, scope.folder.fold(set).text).prepare(),
        None => CharSet::plain(scope.folder.fold(set).text, "").prepare(),
    }
}

/// What a slot takes.
///
/// # Errors
/// A message for a class that is unknown, or a range that no number has.
pub(super) fn wanted(slot: &super::pattern::Slot, scope: &Scope) -> Result<Wanted, String> {
    if (scope.number)(&slot.classes) {
        let (low, high) = slot.range.unwrap_or((0, u64::MAX));
        return Ok(Wanted::Number(low, high));
    }
    if slot.range.is_some() {
        return Err("only a number has a range".into());
    }
    let (classes, through) = (scope.classes)(&slot.classes)?;
    Ok(if slot.short { Wanted::Short(classes) } else { Wanted::Mention { classes, through } })
}
