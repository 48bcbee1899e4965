//! From rules as written to rules as run: every name looked up, every mistake reported with its place.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use toml::Spanned;

use super::lookup::{Lookup, covered, edges, literal_length, standing, unit};
use super::pattern::{self, Node};
use super::program::{self, Program, RoleId, Scope, Wanted, WordList};
use super::rule::{Act, Frame, Rule, Standing, Term};
use super::{template, written};
use crate::problem::{Place, Problem};
use crate::schema::{ClassSet, Schema};
use crate::text::{Folder, Language};

/// What rules are compiled against, and the problems found so far.
pub(super) struct Compiler<'a> {
    pub(super) schema: &'a Schema,
    pub(super) folder: &'a Folder,
    pub(super) language: &'a Language,
    pub(super) lists: Vec<WordList>,
    pub(super) list_ids: HashMap<String, usize>,
    pub(super) problems: Vec<Problem>,
}

/// A rule file: its name and its text, for places.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Source<'_> {
    pub(super) fn at(&self, offset: usize) -> Place {
        Place::at(self.file, self.text, offset)
    }
}

impl Compiler<'_> {
    fn error(&mut self, place: Place, message: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem::error(place, message, remedy));
    }

    pub(super) fn add_list(&mut self, list: WordList) -> usize {
        self.list_ids.insert(list.name.clone(), self.lists.len());
        self.lists.push(list);
        self.lists.len() - 1
    }

    /// Classes and views by name, as (taken as they are, read as whom they stand for).
    fn classes(&self, names: &[String]) -> Result<(ClassSet, ClassSet), String> {
        let (mut classes, mut through) = (ClassSet::default(), ClassSet::default());
        for name in names {
            if let Some(view) = self.schema.view(name) {
                classes = classes.union(self.schema.set(&view.classes));
                through = through.union(self.schema.set(&view.through));
            } else if self.schema.class_id(name).is_some() {
                classes = classes.union(self.schema.set([name]));
            } else {
                return Err(format!("unknown class {name}"));
            }
        }
        Ok((classes, through))
    }

    /// Compiles a pattern that stands somewhere in `span` of the file.
    fn program(
        &mut self,
        source: Source,
        span: Range<usize>,
        pattern: &str,
        roles: &mut Vec<String>,
    ) -> Option<(Program, Node)> {
        // Offsets inside the pattern are those of the file unless the string has escapes.
        let start = span.start + source.text[span.clone()].find(pattern).unwrap_or(0);
        let at = |offset: usize| source.at(start + offset);
        let node = match pattern::parse(pattern) {
            Ok(node) => node,
            Err(error) => {
                self.error(at(error.at), error.message, error.remedy);
                return None;
            }
        };
        let number = |names: &[String]| {
            names.len() == 1 && self.schema.class_id(&names[0]).is_some_and(|id| self.schema.class(id).number)
        };
        let classes = |names: &[String]| self.classes(names);
        let scope = Scope {
            folder: self.folder,
            lists: &self.lists,
            list_ids: &self.list_ids,
            language: self.language,
            classes: &classes,
            number: &number,
        };
        match program::compile(&node, roles, &scope) {
            Ok(program) if roles.len() <= usize::from(RoleId::MAX) => Some((program, node)),
            Ok(_) => {
                self.error(at(0), "more than 255 roles", "split the rule");
                None
            }
            Err(message) => {
                self.error(
                    at(0),
                    message,
                    "see rules/README.md; word lists stand in words.toml, classes in schema.toml",
                );
                None
            }
        }
    }

    pub(super) fn rule(&mut self, source: Source, written: &Spanned<written::Rule>) -> Option<Rule> {
        let place = source.at(written.get_ref().id.span().start);
        let rule = written.get_ref();
        let before = self.problems.len();
        let mut roles = Vec::new();
        let mut programs = Vec::new();
        let mut literal = 0;
        for pattern in rule.pattern.get_ref().all() {
            if let Some((program, node)) = self.program(source, rule.pattern.span(), pattern, &mut roles) {
                if program.empty {
                    self.error(
                        source.at(rule.pattern.span().start),
                        "the pattern can match nothing at all",
                        "make a part of it no longer optional",
                    );
                }
                literal = literal.max(literal_length(covered(&node, rule.at.as_deref())));
                programs.push(program);
            }
        }
        let mut look = Lookup { roles: &roles, place: place.clone(), problems: &mut self.problems };
        let unit = unit(self.schema, &rule.unit, source, look.problems);
        let standing = standing(rule, &mut look);
        let default =
            rule.default.iter().filter_map(|(role, term)| Some((look.role(role)?, look.term(term)?))).collect();
        let made = Rule {
            id: rule.id.get_ref().clone(),
            unit,
            makes: rule.makes.as_ref().and_then(|name| {
                let found = self.schema.class_id(name.get_ref());
                if found.is_none() {
                    look.error(
                        source.at(name.span().start),
                        format!("unknown class {}", name.get_ref()),
                        "use a class of schema.toml",
                    );
                }
                found
            }),
            at: look.optional(rule.at.as_deref()),
            members: match standing {
                Standing::Roles => rule
                    .members
                    .iter()
                    .flat_map(|names| names.split_whitespace())
                    .filter_map(|name| look.role(name))
                    .collect(),
                _ => Vec::new(),
            },
            standing,
            of: rule.of.as_deref().and_then(|name| look.term(name)),
            among_parties: rule.among_parties,
            name: look.pieces(rule.name.as_deref()),
            value: look.pieces(rule.value.as_deref()),
            attributes: rule
                .attributes
                .iter()
                .map(|(name, text)| (name.clone(), look.pieces(Some(text))))
                .collect::<BTreeMap<_, _>>(),
            keeps: rule.keeps.iter().filter_map(|name| look.role(name)).collect(),
            part: rule.part,
            lists: rule.lists.as_ref().and_then(|lists| Some((look.role(&lists.of)?, look.role(&lists.members)?))),
            defines: rule
                .defines
                .as_ref()
                .and_then(|defines| Some((look.role(&defines.term)?, look.role(&defines.of)?))),
            parties: look.optional(rule.parties.as_deref()),
            facts: Vec::new(),
            default,
            not_after: edges(&rule.not_after, self.folder, self.language),
            not_before: edges(&rule.not_before, self.folder, self.language),
            overrides: Vec::new(),
            confidence: rule.confidence.unwrap_or(0.9),
            literal,
            yes: rule.yes.iter().map(written::Example::full).collect(),
            no: rule.no.iter().map(written::Example::full).collect(),
            place,
            patterns: rule.pattern.get_ref().all().to_vec(),
            programs,
            roles: Vec::new(),
        };
        let made = self.with_facts(source, rule, made, &roles);
        self.check(&made, before);
        (self.problems.len() == before).then_some(Rule { roles, ..made })
    }

    fn with_facts(&mut self, source: Source, rule: &written::Rule, mut made: Rule, roles: &[String]) -> Rule {
        for written in &rule.facts {
            match template::fact(written.get_ref(), roles, self.schema) {
                Ok(fact) => {
                    if let Some((message, remedy)) = self.misfit(&fact, &made.programs) {
                        self.error(source.at(written.span().start), message, remedy);
                    }
                    made.facts.push(fact);
                }
                Err((message, remedy)) => self.error(source.at(written.span().start), message, remedy),
            }
        }
        made
    }

    /// Whether a fact can never fit its predicate's domain or range.
    fn misfit(&self, fact: &super::rule::FactTemplate, programs: &[Program]) -> Option<(String, String)> {
        let predicate = self.schema.predicate(fact.predicate);
        for (term, names, word) in
            [(&fact.subject, &predicate.domain, "domain"), (&fact.object, &predicate.range, "range")]
        {
            let Term::Role(role) = term else { continue };
            let slots = programs.iter().flat_map(|program| &program.slots).filter(|slot| slot.role == Some(*role));
            let mut taken = ClassSet::default();
            for slot in slots {
                match slot.wanted {
                    Wanted::Mention { classes, .. } | Wanted::Short(classes) => taken = taken.union(classes),
                    Wanted::Number(..) => {}
                }
            }
            if !taken.is_empty() && !taken.meets(self.schema.plurals()) && !taken.meets(self.schema.set(names)) {
                let remedy = format!("the {word} of {} is {}", predicate.name, names.join(", "));
                return Some((format!("this fact never fits the {word} of {}", predicate.name), remedy));
            }
        }
        None
    }

    fn check(&mut self, rule: &Rule, before: usize) {
        let does_nothing = rule.makes.is_none()
            && rule.facts.is_empty()
            && rule.defines.is_none()
            && rule.lists.is_none()
            && rule.parties.is_none();
        if does_nothing && self.problems.len() == before {
            self.error(rule.place.clone(), "the rule does nothing", "give it makes, facts, defines or parties");
        }
        if rule.yes.is_empty() || rule.no.is_empty() {
            self.error(
                rule.place.clone(),
                "a rule proves itself by a yes and a no",
                "add a text that it must match and one that it must not",
            );
        }
        if !(0.0..=1.0).contains(&rule.confidence) {
            self.error(rule.place.clone(), "a confidence lies between 0 and 1", "write 0.9, say");
        }
    }

    pub(super) fn act(&mut self, source: Source, written: &Spanned<written::Act>) -> Option<Act> {
        let act = written.get_ref();
        let place = source.at(act.id.span().start);
        let Some(predicate) = self.schema.predicate_id(act.predicate.get_ref()) else {
            let message = format!("unknown predicate {}", act.predicate.get_ref());
            self.error(source.at(act.predicate.span().start), message, "use a predicate of schema.toml");
            return None;
        };
        if act.yes.is_empty() || act.no.is_empty() {
            self.error(
                place.clone(),
                "an act proves itself by a yes and a no",
                "add a text where it must be found and one where it must not",
            );
        }
        let unless = act
            .unless
            .iter()
            .filter_map(|pattern| self.program(source, pattern.span(), pattern.get_ref(), &mut Vec::new()));
        Some(Act {
            id: act.id.get_ref().clone(),
            place,
            predicate,
            complement: act.complement,
            chained: act.chained,
            form: act.form.clone(),
            unless: unless.map(|(program, _)| program).collect(),
            yes: act.yes.iter().map(written::Example::full).collect(),
            no: act.no.iter().map(written::Example::full).collect(),
        })
    }

    pub(super) fn frame(
        &mut self,
        source: Source,
        written: &Spanned<written::Frame>,
        triggers: usize,
    ) -> Option<Frame> {
        let frame = written.get_ref();
        let mut roles = vec!["who".to_owned(), "what".to_owned()];
        let mut program =
            |pattern: &Spanned<String>| Some(self.program(source, pattern.span(), pattern.get_ref(), &mut roles)?.0);
        Some(Frame {
            holder: program(&frame.holder)?,
            who: 0,
            lead: program(&frame.lead)?,
            chain: program(&frame.chain)?,
            coordination: program(&frame.coordination)?,
            joins: program(&frame.joins)?,
            before: program(&frame.before)?,
            what: 1,
            triggers,
        })
    }
}
