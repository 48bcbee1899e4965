//! Which extracted entity is which gold entity, and which extracted fact says what a gold fact says.

use std::collections::{BTreeSet, HashMap};

use crate::schema::Schema;

use super::reading::{Claim, Reading, Subject, Thing};
use super::words::overlap;

/// The least share of the longer name that a common run must make up for two names to be near.
const NEAR: f64 = 0.8;

/// What was found of one document.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// For each extracted entity the gold one that it is, whatever its class.
    pub(super) gold_of: Vec<Option<usize>>,
    /// For each extracted entity whether it is one of the gold entities with a class that fits.
    pub(super) good: Vec<bool>,
    /// For each extracted fact the gold fact that it says.
    pub(super) said: Vec<Option<usize>>,
}

/// Compares two readings of one document.
pub(super) fn align(schema: &Schema, gold: &Reading, found: &Reading) -> Alignment {
    let gold_of = align_things(schema, gold, found);
    let fitting = |(at, to): (usize, &Option<usize>)| {
        to.is_some_and(|to| fits(schema, &gold.things[to].class, &found.things[at].is_a))
    };
    let good = gold_of.iter().enumerate().map(fitting).collect();
    let said = align_claims(schema, gold, found, &gold_of);
    Alignment { gold_of, good, said }
}

/// Whether a class of the entity is the gold class, or counts as one with it.
fn fits(schema: &Schema, class: &String, is_a: &BTreeSet<String>) -> bool {
    let soft = |group: &Vec<String>| group.contains(class) && group.iter().any(|one| is_a.contains(one));
    is_a.contains(class) || schema.soft.iter().any(soft)
}

/// One to one: those of the same code first, then by the largest share of names.
fn align_things(schema: &Schema, gold: &Reading, found: &Reading) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (at, one) in found.things.iter().enumerate() {
        for (to, other) in gold.things.iter().enumerate() {
            pairs.extend(likeness(schema, other, one).map(|score| (score, at, to)));
        }
    }
    pairs.sort_by(|a, b| {
        let ids = |(_, at, to): &(f64, usize, usize)| (&found.things[*at].id, &gold.things[*to].id);
        b.0.total_cmp(&a.0).then_with(|| ids(a).cmp(&ids(b)))
    });
    let mut gold_of = vec![None; found.things.len()];
    let mut taken = vec![false; gold.things.len()];
    for (_, at, to) in pairs {
        if gold_of[at].is_none() && !taken[to] {
            gold_of[at] = Some(to);
            taken[to] = true;
        }
    }
    gold_of
}

/// How much the two seem to be one; `None` when they can't be.
fn likeness(schema: &Schema, gold: &Thing, found: &Thing) -> Option<f64> {
    if !gold.code.is_empty() && !found.code.is_empty() {
        return (gold.code == found.code && gold.class == found.class).then_some(10.0);
    }
    let fitting = fits(schema, &gold.class, &found.is_a);
    let shared = found.names.keys().filter(|name| gold.names.contains_key(*name)).count();
    let score = if shared > 0 {
        2.0 * shared as f64 / (found.names.len() + gold.names.len()) as f64
    } else if fitting {
        0.4 * nearest(gold, found)?
    } else {
        return None;
    };
    Some(if fitting { score + 1.0 } else { score })
}

fn nearest(gold: &Thing, found: &Thing) -> Option<f64> {
    let pairs = found.names.values().flat_map(|x| gold.names.values().map(move |y| (x, y)));
    pairs.filter_map(|(x, y)| x.near(y, NEAR)).max_by(f64::total_cmp)
}

/// Each extracted fact takes the first gold fact that it says and that is still free.
fn align_claims(schema: &Schema, gold: &Reading, found: &Reading, gold_of: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut by_predicate: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, claim) in gold.claims.iter().enumerate() {
        by_predicate.entry(&claim.predicate).or_default().push(at);
    }
    let judge = Judge { schema, gold, found, gold_of };
    let mut take = |claim: &Claim| {
        let free = by_predicate.get_mut(claim.predicate.as_str())?;
        let at = free.iter().position(|&at| judge.says(claim, &gold.claims[at]))?;
        Some(free.remove(at))
    };
    found.claims.iter().map(&mut take).collect()
}

/// Whether an extracted fact says what a gold fact says, when it is settled who is who.
struct Judge<'a> {
    schema: &'a Schema,
    gold: &'a Reading,
    found: &'a Reading,
    gold_of: &'a [Option<usize>],
}

impl<'a> Judge<'a> {
    /// The gold id of an extracted one.
    fn gold_id(&self, id: &str) -> Option<&'a str> {
        let to = self.gold_of[self.found.at(id)?]?;
        Some(&self.gold.things[to].id)
    }

    /// Both are of one predicate.
    fn says(&self, claim: &Claim, gold: &Claim) -> bool {
        let predicate = self.schema.predicate_id(&claim.predicate).map(|id| self.schema.predicate(id));
        if predicate.is_some_and(|p| self.schema.is_position(p)) {
            return self.same_subject(claim, gold) && self.same_position(claim, gold);
        }
        let object = match self.gold.at(&gold.object) {
            Some(_) => self.gold_id(&claim.object),
            None => Some(claim.object.as_str()),
        };
        let straight = self.same_subject(claim, gold) && object == Some(&gold.object);
        straight || predicate.is_some_and(|p| p.symmetric) && self.is_turned(claim, gold, object)
    }

    fn same_subject(&self, claim: &Claim, gold: &Claim) -> bool {
        match (&claim.subject, &gold.subject) {
            (Subject::One(id), Subject::One(gold)) => self.gold_id(id) == Some(gold),
            (Subject::Sides(ids), Subject::Sides(gold)) => {
                let mapped: Option<BTreeSet<&str>> = ids.iter().map(|id| self.gold_id(id)).collect();
                mapped.is_some_and(|mapped| mapped.iter().eq(gold.iter()))
            }
            _ => false,
        }
    }

    /// The words overlap by half of the shorter side, or both are about the same things.
    fn same_position(&self, claim: &Claim, gold: &Claim) -> bool {
        let about = || claim.about.iter().filter_map(|id| self.gold_id(id)).collect::<BTreeSet<&str>>();
        overlap(&claim.words, &gold.words) >= 0.5 || {
            let about = about();
            !about.is_empty() && about.iter().eq(gold.about.iter())
        }
    }

    /// The same, with subject and object in each other's place.
    fn is_turned(&self, claim: &Claim, gold: &Claim, object: Option<&str>) -> bool {
        let (Subject::One(id), Subject::One(other)) = (&claim.subject, &gold.subject) else { return false };
        self.gold_id(id) == Some(&gold.object) && object == Some(other)
    }
}
