//! Templates: facts as `subject predicate object qualifier=value`, names and normal forms as text with `{role}`.

use super::program::RoleId;
use super::rule::{FactTemplate, Piece, Term};
use crate::schema::Schema;

/// What is wrong and what to do.
pub(super) type Wrong = (String, &'static str);

/// Reads a term: a role, `role.of`, or one of the words that stand for something fixed.
pub(super) fn term(word: &str, roles: &[String]) -> Result<Term, Wrong> {
    let role = |name: &str| roles.iter().position(|role| role == name).map(|index| index as RoleId);
    if let Some(text) = word.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return Ok(Term::Words(text.replace('_', " ")));
    }
    Ok(match word {
        "self" => Term::Itself,
        "self.of" => Term::OfItself,
        "doc" => Term::Document,
        "parties" => Term::Parties,
        "sides" => Term::Sides,
        _ => match (role(word), word.strip_suffix(".of").and_then(role)) {
            (Some(role), _) => Term::Role(role),
            (None, Some(role)) => Term::Of(role),
            (None, None) => {
                return Err((
                    format!("no slot of the pattern has the role {word}"),
                    "name a role of the pattern, self, doc, parties, sides, or 'words'",
                ));
            }
        },
    })
}

/// Reads a fact.
pub(super) fn fact(written: &str, roles: &[String], schema: &Schema) -> Result<FactTemplate, Wrong> {
    let mut words = written.split_ascii_whitespace();
    let (Some(subject), Some(predicate), Some(object)) = (words.next(), words.next(), words.next()) else {
        return Err(("a fact has a subject, a predicate and an object".into(), "write \"subject predicate object\""));
    };
    let id = schema.predicate_id(predicate).ok_or_else(|| {
        (format!("unknown predicate {predicate}"), "use a predicate of schema.toml, or declare it there")
    })?;
    let mut qualifiers = Vec::new();
    for word in words {
        let Some((name, value)) = word.split_once('=') else {
            return Err((format!("{word} is no qualifier"), "write name=role or name='words'"));
        };
        if !schema.predicate(id).qualifiers.iter().any(|known| known == name) {
            return Err((format!("{predicate} has no qualifier {name}"), "declare it under qualifiers in schema.toml"));
        }
        qualifiers.push((name.to_owned(), term(value, roles)?));
    }
    Ok(FactTemplate { subject: term(subject, roles)?, predicate: id, object: term(object, roles)?, qualifiers })
}

/// Reads a template: text with `{role}`, `{role+1}`, `{role-1}`, `{role/10}` and `{@year}`.
pub(super) fn pieces(written: &str, roles: &[String]) -> Result<Vec<Piece>, Wrong> {
    let mut found = Vec::new();
    let mut rest = written;
    while let Some(start) = rest.find('{') {
        if start > 0 {
            found.push(Piece::Text(rest[..start].to_owned()));
        }
        let Some(length) = rest[start..].find('}') else {
            return Err(("a { is not closed".into(), "write {role}"));
        };
        found.push(piece(&rest[start + 1..start + length], roles)?);
        rest = &rest[start + length + 1..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest.to_owned()));
    }
    Ok(found)
}

fn piece(written: &str, roles: &[String]) -> Result<Piece, Wrong> {
    if written == "@year" {
        return Ok(Piece::Year);
    }
    let end = written.find(['+', '-', '/']).unwrap_or(written.len());
    let (name, operation) = written.split_at(end);
    let Term::Role(role) = term(name, roles)? else {
        return Err((format!("{name} is no role"), "name a role of the pattern"));
    };
    let number = |text: &str| {
        text.parse::<i64>()
            .map_err(|_| (format!("{operation} can't be computed"), "write {role+1}, {role-1} or {role/10}"))
    };
    let (mut add, mut divide) = (0, 1);
    match operation.chars().next() {
        Some('/') => divide = number(&operation[1..])?.max(1) as u64,
        Some(_) => add = number(operation)?,
        None => {}
    }
    Ok(Piece::Role { role, add, divide })
}
