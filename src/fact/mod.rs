//! Facts: what rules and position acts read in a text whose mentions are resolved.

mod holders;
mod positions;
mod terms;

use crate::mention::{Field, Finder, Match, Place, Scan, Scratch, matches, units};
use crate::reference::Resolved;
use crate::rules::{LanguageRules, RuleSet, Term, Unit};
use crate::schema::{ClassId, PredicateId};
use crate::span::Span;
use crate::text::Text;
use holders::Holders;
use terms::Reading;

/// The object of a fact or the value of a qualifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// An entity of the document.
    Entity(usize),
    /// An EDTF date.
    Date(String),
    /// Words of the text, by their bytes in the folded text.
    Words(Span),
    /// A normal form.
    Form(String),
}

/// Which rule of the language read a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A rule, by number.
    Rule(usize),
    /// A position act, by number.
    Act(usize),
}

/// A fact as read.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its predicate.
    pub predicate: PredicateId,
    /// Its subject, an entity of the document.
    pub subject: usize,
    /// Its object.
    pub object: Object,
    /// Its qualifiers: name and values.
    pub qualifiers: Vec<(String, Vec<Object>)>,
    /// The words it was read from, bytes of the folded text.
    pub evidence: Span,
    /// What read it.
    pub reader: Reader,
    /// From 0 to 1.
    pub confidence: f64,
    /// What filled the roles of the rule, for explanations.
    pub roles: Option<Match>,
}

/// What facts are read from.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) text: &'a Text,
    pub(crate) set: &'a RuleSet,
    pub(crate) rules: &'a LanguageRules,
    pub(crate) resolved: &'a Resolved,
}

impl<'a> Context<'a> {
    fn field(self) -> Field<'a> {
        Field { text: self.text.as_str(), small: self.text.small(), lattice: &self.resolved.lattice, rules: self.rules, schema: &self.set.schema }
    }
}

/// Reads every fact. The visible mentions of `resolved` change on the way.
pub fn find(text: &Text, set: &RuleSet, rules: &LanguageRules, resolved: &mut Resolved, scan: &Scan) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut scratch = Scratch::default();
    let outer = |unit: Unit| !matches!(unit, Unit::Inside(_));
    let context = Context { text, set, rules, resolved };
    let holders = Holders::new(context, &mut scratch);
    run(context, scan, &holders, &mut scratch, &mut facts, outer);
    made(context, &holders, &mut facts);
    parties(context, &holders, &mut facts);
    facts.extend(positions::find(context, scan, &holders, &mut scratch));
    let dropped = &resolved.dropped;
    resolved.lattice.show(|index, mention| !mention.part && !dropped[index]);
    let context = Context { text, set, rules, resolved };
    run(context, scan, &holders, &mut scratch, &mut facts, |unit| !outer(unit));
    let recast: Vec<(usize, ClassId)> = facts
        .iter()
        .filter_map(|fact| match fact.object {
            Object::Entity(entity) => {
                let range = set.schema.set(&set.schema.predicate(fact.predicate).range);
                Some((entity, context.recast(entity, range)?))
            }
            _ => None,
        })
        .collect();
    for (entity, class) in recast {
        resolved.entities.list[entity].class = class;
    }
    let places = &resolved.places;
    resolved.lattice.show(|index, _| places[index] == Place::Outer);
    facts
}

/// Facts of the rules that make no mention.
fn run(
    context: Context,
    scan: &Scan,
    holders: &Holders,
    scratch: &mut Scratch,
    facts: &mut Vec<Fact>,
    wanted: impl Fn(Unit) -> bool,
) {
    for (number, rule) in context.rules.rules.iter().enumerate() {
        if rule.facts.is_empty() || rule.makes.is_some() || rule.parties.is_some() || !wanted(rule.unit) {
            continue;
        }
        for unit in units(context.text, context.rules, number, &context.resolved.lattice, scan) {
            for one in matches(context.field(), rule, unit, scratch) {
                let itself = match rule.unit {
                    Unit::Inside(classes) => context.mention_at(unit, classes),
                    _ => None,
                };
                Reading { context, holders, number, one: &one, itself }.read(facts);
            }
        }
    }
}

impl Context<'_> {
    /// The mention that covers a unit, if it counts as one.
    fn mention_at(self, unit: Span, classes: crate::schema::ClassSet) -> Option<usize> {
        let here = self.resolved.lattice.starting_at(unit.start).iter().map(|&index| index as usize);
        here.into_iter().find(|&index| {
            let mention = &self.resolved.lattice.mentions[index];
            mention.span == unit && classes.has(mention.class) && self.resolved.places[index] != Place::Hidden
        })
    }
}

/// Facts of the rules that made the mentions.
fn made(context: Context, holders: &Holders, facts: &mut Vec<Fact>) {
    for (index, mention) in context.resolved.lattice.mentions.iter().enumerate() {
        let (Finder::Rule(number), Some(one)) = (mention.finder, &mention.parts) else { continue };
        if context.resolved.places[index] != Place::Hidden && !context.rules.rules[number].facts.is_empty() {
            Reading { context, holders, number, one, itself: Some(index) }.read(facts);
        }
    }
}

/// Facts of the rules that told who the parties are.
fn parties(context: Context, holders: &Holders, facts: &mut Vec<Fact>) {
    for (number, one) in &context.resolved.party_sources {
        Reading { context, holders, number: *number, one, itself: None }.read(facts);
    }
}

/// Whether a term stands for the sides spoken of.
fn is_sides(term: &Term) -> bool {
    matches!(term, Term::Sides | Term::Parties)
}
