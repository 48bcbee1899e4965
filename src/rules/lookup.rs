//! The smaller parts of a rule, from written to run: roles, terms, templates, units, edges.

use toml::Spanned;

use super::compile::Source;
use super::pattern::Node;
use super::program::RoleId;
use super::rule::{Edge, Piece, Standing, Term, Unit};
use super::{template, written};
use crate::problem::{Place, Problem};
use crate::schema::Schema;
use crate::text::{Folder, Language};

/// Looks up what a rule names beside its pattern; what is not there becomes a problem.
pub(super) struct Lookup<'a> {
    pub(super) roles: &'a [String],
    pub(super) place: Place,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Lookup<'_> {
    pub(super) fn error(&mut self, place: Place, message: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem::error(place, message, remedy));
    }

    pub(super) fn role(&mut self, name: &str) -> Option<RoleId> {
        let found = self.roles.iter().position(|role| role == name);
        if found.is_none() {
            self.error(
                self.place.clone(),
                format!("no slot of the pattern has the role {name}"),
                "name a role of the pattern",
            );
        }
        found.map(|index| index as RoleId)
    }

    pub(super) fn optional(&mut self, name: Option<&str>) -> Option<RoleId> {
        name.and_then(|name| self.role(name))
    }

    pub(super) fn term(&mut self, word: &str) -> Option<Term> {
        template::term(word, self.roles)
            .map_err(|(message, remedy)| self.error(self.place.clone(), message, remedy))
            .ok()
    }

    pub(super) fn pieces(&mut self, text: Option<&str>) -> Vec<Piece> {
        let pieces = text.map_or(Ok(Vec::new()), |text| template::pieces(text, self.roles));
        pieces.map_err(|(message, remedy)| self.error(self.place.clone(), message, remedy)).unwrap_or_default()
    }
}

/// What the matches of a rule stand for.
pub(super) fn standing(rule: &written::Rule, look: &mut Lookup) -> Standing {
    if let Some(name) = &rule.members_of {
        return look.role(name).map_or(Standing::Own, Standing::MembersOf);
    }
    match (&rule.same, rule.members.as_deref()) {
        (None, None) if rule.document => Standing::Document,
        (Some(_), Some(_)) => {
            look.error(look.place.clone(), "same and members exclude each other", "keep one of the two");
            Standing::Own
        }
        (Some(name), None) => look.role(name).map_or(Standing::Own, Standing::Same),
        (None, Some("parties")) => Standing::Parties,
        (None, Some(_)) => Standing::Roles,
        (None, None) => Standing::Own,
    }
}

/// Edges: `[name]` is a set of the language, anything else a text.
pub(super) fn edges(written: &[String], folder: &Folder, language: &Language) -> Vec<Edge> {
    let set = |text: &str| language.chars.get(text.strip_prefix('[')?.strip_suffix(']')?).cloned();
    written
        .iter()
        .map(|text| set(text).map_or_else(|| Edge::Text(super::Pinned::new(text, folder, language).text), Edge::Set))
        .collect()
}

/// Where a rule looks.
pub(super) fn unit(
    schema: &Schema,
    written: &Option<Spanned<String>>,
    source: Source,
    problems: &mut Vec<Problem>,
) -> Unit {
    let Some(written) = written else { return Unit::Sentence };
    match written.get_ref().as_str() {
        "sentence" => Unit::Sentence,
        "clause" => Unit::Clause,
        "paragraph" => Unit::Paragraph,
        "title" => Unit::Title,
        "signature" => Unit::Signature,
        "document" => Unit::Document,
        class if schema.class_id(class).is_some() => Unit::Inside(schema.set([written.get_ref()])),
        other => {
            let remedy =
                "use sentence, clause, paragraph, title, signature, document, or a class to look inside its mentions";
            problems.push(Problem::error(source.at(written.span().start), format!("{other} is no unit"), remedy));
            Unit::Sentence
        }
    }
}

/// The part of a pattern that the role `at` covers; the whole without it.
pub(super) fn covered<'a>(node: &'a Node, at: Option<&str>) -> &'a Node {
    let inside = |parts: &'a [Node]| {
        parts
            .iter()
            .map(|part| covered(part, at))
            .find(|part| matches!(part, Node::Capture(name, _) if Some(name.as_str()) == at))
    };
    let found = match node {
        Node::Sequence(parts) | Node::Choice(parts) => inside(parts),
        Node::Repeat(inner, _) => Some(covered(inner, at)),
        _ => None,
    };
    found.filter(|part| matches!(part, Node::Capture(name, _) if Some(name.as_str()) == at)).unwrap_or(node)
}

/// How much of a match a pattern fixes: its characters, listed words and mentions.
pub(super) fn literal_length(node: &Node) -> usize {
    match node {
        Node::Literal(text) => text.chars().count(),
        Node::Words(_) => 1,
        Node::Sequence(parts) => parts.iter().map(literal_length).sum(),
        Node::Choice(branches) => branches.iter().map(literal_length).min().unwrap_or(0),
        Node::Capture(_, inner) => literal_length(inner),
        Node::Slot(_) => 1,
        _ => 0,
    }
}
