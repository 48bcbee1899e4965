//! The order of rules: what makes a class runs before what needs it.

use super::program::Wanted;
use super::rule::Rule;
use crate::schema::{ClassSet, Schema};

/// Numbers of the mention rules in groups; the rules of a group need none of each other's results, except in the last
/// group when rules need each other in a circle: that one is run until it finds nothing new.
pub(super) fn order(rules: &[Rule], schema: &Schema) -> Vec<Vec<usize>> {
    let mut waiting: Vec<usize> = (0..rules.len()).filter(|&index| rules[index].makes.is_some()).collect();
    let needs: Vec<ClassSet> = rules.iter().map(|rule| needs(rule, schema)).collect();
    let mut strata = Vec::new();
    while !waiting.is_empty() {
        let ready: Vec<usize> = waiting
            .iter()
            .copied()
            .filter(|&rule| {
                let makers = waiting.iter().filter(|&&other| other != rule);
                !makers.into_iter().any(|&other| rules[other].makes.is_some_and(|class| needs[rule].has(class)))
            })
            .collect();
        if ready.is_empty() {
            strata.push(waiting);
            break;
        }
        waiting.retain(|rule| !ready.contains(rule));
        strata.push(ready);
    }
    strata
}

/// The classes that a rule's slots take; those that take lists take plurals too.
fn needs(rule: &Rule, schema: &Schema) -> ClassSet {
    let mut all = ClassSet::default();
    for slot in rule.programs.iter().flat_map(|program| &program.slots) {
        if let Wanted::Mention { classes, through } = slot.wanted {
            all = all.union(classes).union(through);
            if slot.members != super::Members::One {
                all = all.union(schema.plurals());
            }
        }
    }
    if let super::Unit::Inside(classes) = rule.unit {
        all = all.union(classes);
    }
    all
}
