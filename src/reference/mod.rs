//! What mentions stand for: the parties, defined terms, plurals, and one entity for all the forms of a name.

mod entities;
mod names;
mod terms;
mod weights;

use entities::Ground;
pub use entities::{Entities, Entity};
pub use weights::Weights;

use crate::mention::{Field, Filling, Lattice, Meaning, Place, Reference, Scan, Scratch, matches, places, units};
use crate::rules::{LanguageRules, RuleSet};
use crate::text::Text;

/// Mentions with what they stand for.
pub struct Resolved {
    /// All mentions; the visible ones are those that facts are made of.
    pub lattice: Lattice,
    /// How each mention stands to the others.
    pub places: Vec<Place>,
    /// Mentions that stand nowhere: plurals of strangers and what was made from them.
    pub dropped: Vec<bool>,
    /// The document's entities.
    pub entities: Entities,
    /// The entities that each mention stands for.
    pub referents: Vec<Vec<usize>>,
    /// The parties, as entities.
    pub parties: Vec<usize>,
    /// The rules that told the parties, and where.
    pub party_sources: Vec<(usize, crate::mention::Match)>,
}

/// Finds out what mentions stand for. `given` are parties known beforehand, as lexicon ids.
pub fn resolve(
    text: &Text,
    set: &RuleSet,
    rules: &LanguageRules,
    mut lattice: Lattice,
    scan: &mut Scan,
    given: &[String],
) -> Resolved {
    let open = set.schema.marked(|class| class.open);
    let mut dropped = vec![false; lattice.mentions.len()];
    let mut standing = places(&lattice.mentions, &dropped, rules, open);
    show(&mut lattice, &standing);
    let mut scratch = Scratch::take();
    if terms::define(text, set, rules, &mut lattice, scan, &mut scratch) {
        scan.note_all(text, &lattice.mentions[dropped.len()..]);
        dropped.resize(lattice.mentions.len(), false);
        standing = places(&lattice.mentions, &dropped, rules, open);
        show(&mut lattice, &standing);
    }
    let mut entities = Entities::new(set, &lattice, &standing);
    let mut parties: Vec<usize> = given
        .iter()
        .filter_map(|id| set.lexicon.find_any(&set.schema, id))
        .map(|entry| entities.of_entry(set, entry))
        .collect();
    let mut sources = Vec::new();
    if parties.is_empty() {
        // Parties are named inside the name of a meeting or text as often as by themselves.
        lattice.show(|_, mention| !mention.part);
        (parties, sources) = find_parties(text, set, rules, &lattice, scan, &mut entities, &mut scratch);
        show(&mut lattice, &standing);
    }
    entities.prefer(&parties);
    drop_strangers(set, &lattice, rules, &mut entities, &parties, &mut dropped);
    if dropped.contains(&true) {
        standing = places(&lattice.mentions, &dropped, rules, open);
        show(&mut lattice, &standing);
    }
    let ground = Ground { text, set, rules, lattice: &lattice, places: &standing, dropped: &dropped };
    list_members(text, set, rules, &lattice, scan, &mut entities, &mut scratch);
    scratch.keep();
    let referents = entities.resolve_all(ground, &parties);
    Resolved { lattice, places: standing, dropped, entities, referents, parties, party_sources: sources }
}

fn show(lattice: &mut Lattice, standing: &[Place]) {
    lattice.show(|index, _| standing[index] == Place::Outer);
}

/// The parties: from the first rules, in their order, that tell two or more; else from all that tell any.
fn find_parties(
    text: &Text,
    set: &RuleSet,
    rules: &LanguageRules,
    lattice: &Lattice,
    scan: &Scan,
    entities: &mut Entities,
    scratch: &mut Scratch,
) -> (Vec<usize>, Vec<(usize, crate::mention::Match)>) {
    let (mut parties, mut sources) = (Vec::new(), Vec::new());
    for (number, rule) in rules.rules.iter().enumerate() {
        let Some(role) = rule.parties else { continue };
        if parties.len() >= 2 {
            break;
        }
        let field = Field { text: text.as_str(), small: text.small(), lattice, rules, schema: &set.schema };
        for unit in units(text, rules, number, lattice, scan) {
            for one in matches(field, rule, unit, scratch) {
                let before = parties.len();
                for filling in one.fillings(role) {
                    let found = match filling {
                        Filling::Mention(index) => entities.sides_through(set, lattice, *index, wanted(rule, role)),
                        Filling::Short(_, entries) => vec![entities.of_entries(set, entries)],
                        _ => Vec::new(),
                    };
                    for entity in found {
                        if !parties.contains(&entity) {
                            parties.push(entity);
                        }
                    }
                }
                if parties.len() > before {
                    sources.push((number, one));
                }
            }
        }
    }
    (parties, sources)
}

/// The classes that the slots of a role take as they are.
fn wanted(rule: &crate::rules::Rule, role: crate::rules::RoleId) -> crate::schema::ClassSet {
    let slots = rule.programs.iter().flat_map(|program| &program.slots).filter(|slot| slot.role == Some(role));
    slots.fold(crate::schema::ClassSet::default(), |set, slot| match slot.wanted {
        crate::rules::Wanted::Mention { classes, .. } => set.union(classes),
        _ => set,
    })
}

/// Notes the members that the document lists.
fn list_members(
    text: &Text,
    set: &RuleSet,
    rules: &LanguageRules,
    lattice: &Lattice,
    scan: &Scan,
    entities: &mut Entities,
    scratch: &mut Scratch,
) {
    for (number, rule) in rules.rules.iter().enumerate() {
        let Some((of, members)) = rule.lists else { continue };
        let field = Field { text: text.as_str(), small: text.small(), lattice, rules, schema: &set.schema };
        for unit in units(text, rules, number, lattice, scan) {
            for one in matches(field, rule, unit, scratch) {
                let mut sides = |role| {
                    let mentions = one.fillings(role).filter_map(|filling| match filling {
                        Filling::Mention(index) => Some(*index),
                        _ => None,
                    });
                    mentions.flat_map(|index| entities.sides(set, lattice, index)).collect::<Vec<usize>>()
                };
                let (owners, listed) = (sides(of), sides(members));
                for owner in owners {
                    entities.members.entry(owner).or_insert_with(|| listed.clone());
                }
            }
        }
    }
}

/// From this rank on an abbreviation is an everyday character.
const EVERYDAY: u32 = 9;

/// Drops plurals that hold only among parties but name a stranger, and everything made from them.
fn drop_strangers(
    set: &RuleSet,
    lattice: &Lattice,
    rules: &LanguageRules,
    entities: &mut Entities,
    parties: &[usize],
    dropped: &mut [bool],
) {
    for (index, mention) in lattice.mentions.iter().enumerate() {
        let crate::mention::Finder::Rule(rule) = mention.finder else { continue };
        if let Meaning::Several(members) = &mention.meaning {
            let among_parties = rules.rules[rule].among_parties;
            // An everyday character is a state's abbreviation only where that state is a party.
            let everyday = |entry: &crate::rules::EntryId| set.lexicon.entry(*entry).rank >= EVERYDAY;
            let is_party =
                |entry: &crate::rules::EntryId| entities.known(*entry).is_some_and(|entity| parties.contains(&entity));
            let strangers = members.iter().filter(|member| match member {
                Reference::Entries(entries) => {
                    let doubtful = among_parties || parties.len() <= 2 && entries.iter().all(everyday);
                    doubtful && !entries.iter().any(is_party)
                }
                Reference::Mention(_) => false,
            });
            dropped[index] = strangers.count() > 0;
        }
    }
    // Mentions are made from earlier ones only, so one pass in order reaches all.
    for (index, mention) in lattice.mentions.iter().enumerate() {
        let parts = mention.parts.iter().flat_map(|one| &one.roles);
        let lost = parts.into_iter().any(|(_, filling)| matches!(filling, Filling::Mention(part) if dropped[*part]));
        dropped[index] |= lost;
    }
}
