//! Doubts about patterns: alternatives that can't win, and alternatives that leave a rule without what it needs.

use std::ops::Range;

use toml::Spanned;

use super::super::compile::Source;
use super::super::pattern::{self, Node};
use super::super::written;
use super::Doubts;

impl Doubts<'_> {
    pub(super) fn rule(&mut self, source: Source, rule: &Spanned<written::Rule>) {
        let rule = rule.get_ref();
        let span = rule.pattern.span();
        for written in rule.pattern.get_ref().all() {
            let Ok(node) = pattern::parse(written) else { continue };
            self.shadowed(source, &span, written, &node);
            for branch in alternatives(&node) {
                self.unfilled(source, &span, written, rule, branch);
            }
        }
    }

    pub(super) fn act(&mut self, source: Source, act: &Spanned<written::Act>) {
        for pattern in &act.get_ref().unless {
            self.only_shadowed(source, pattern);
        }
    }

    pub(super) fn frame(&mut self, source: Source, frame: &Spanned<written::Frame>) {
        for pattern in frame.get_ref().patterns() {
            self.only_shadowed(source, pattern);
        }
    }

    fn only_shadowed(&mut self, source: Source, pattern: &Spanned<String>) {
        if let Ok(node) = pattern::parse(pattern.get_ref()) {
            self.shadowed(source, &pattern.span(), pattern.get_ref(), &node);
        }
    }

    fn shadowed(&mut self, source: Source, span: &Range<usize>, written: &str, node: &Node) {
        let mut pairs = Vec::new();
        shadows(node, true, &mut pairs);
        for (earlier, later) in pairs {
            let message = match earlier == later {
                true => format!("the alternative {later} stands twice"),
                false => format!("the alternative {later} can't win: {earlier}, which it begins with, is tried first"),
            };
            let start = text_start(source, span, written);
            let at = written.rfind(&format!("|{later}")).map_or(start, |at| start + at + 1);
            self.warn(source.at(at), message, "write the longer alternative first, or leave one out");
        }
    }

    /// Roles that the rule stands on and this alternative of its pattern has no slot for.
    fn unfilled(&mut self, source: Source, span: &Range<usize>, written: &str, rule: &written::Rule, branch: &Node) {
        let place = source.at(text_start(source, span, written));
        let members =
            rule.members.iter().filter(|names| *names != "parties").flat_map(|names| names.split_whitespace());
        let kept = rule.keeps.iter().map(|role| (role.as_str(), "keeps"));
        let of = rule.of.iter().map(|role| (role.trim_end_matches(".of"), "of"));
        for (role, key) in kept.chain(of).chain(members.map(|role| (role, "members"))) {
            if !fills(branch, role) && !rule.default.contains_key(role) {
                let message = format!("an alternative never fills {role}, which stands under {key}");
                self.warn(place.clone(), message, "give the alternative such a slot, or a rule of its own");
            }
        }
        let says = |fact: &Spanned<String>| {
            let terms: Vec<&str> = fact.get_ref().split_ascii_whitespace().take(3).collect();
            let is_there = |term: &&str| !self.is_role(rule, term) || fills(branch, term.trim_end_matches(".of"));
            terms.iter().step_by(2).all(is_there)
        };
        if !rule.facts.is_empty() && !rule.facts.iter().any(says) {
            let message = "an alternative fills the roles of none of the facts, so it says nothing";
            self.warn(place, message, "give it the slots that a fact needs, or leave it out");
        }
    }

    /// Whether a term of a fact is a role that only the pattern can fill.
    fn is_role(&self, rule: &written::Rule, term: &str) -> bool {
        let role = term.trim_end_matches(".of");
        let patterns = rule.pattern.get_ref().all().iter().filter_map(|written| pattern::parse(written).ok());
        !rule.default.contains_key(role) && patterns.into_iter().any(|node| fills(&node, role))
    }
}

/// Where the text of a pattern begins in its file.
fn text_start(source: Source, span: &Range<usize>, written: &str) -> usize {
    span.start + source.text[span.clone()].find(written).unwrap_or(0)
}

/// The branches of a choice that is the whole pattern; else the pattern.
fn alternatives(node: &Node) -> &[Node] {
    match node {
        Node::Choice(branches) => branches,
        other => std::slice::from_ref(other),
    }
}

/// Whether some way through fills a role.
fn fills(node: &Node, role: &str) -> bool {
    match node {
        Node::Slot(slot) => slot.role.as_deref() == Some(role),
        Node::Capture(name, inner) => name == role || fills(inner, role),
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().any(|part| fills(part, role)),
        Node::Repeat(inner, _) => fills(inner, role),
        _ => false,
    }
}

/// Pairs of literal alternatives of which the first always wins. `open` means that whatever follows the node lets
/// any end of it pass, so that the later alternative is never come back to.
fn shadows<'n>(node: &'n Node, open: bool, pairs: &mut Vec<(&'n str, &'n str)>) {
    match node {
        Node::Choice(branches) => {
            for (index, later) in branches.iter().enumerate() {
                shadows(later, open, pairs);
                let Node::Literal(later) = later else { continue };
                let earlier = branches[..index].iter().find_map(|branch| match branch {
                    Node::Literal(text) if text == later || open && later.starts_with(text.as_str()) => Some(text),
                    _ => None,
                });
                pairs.extend(earlier.map(|earlier| (earlier.as_str(), later.as_str())));
            }
        }
        Node::Sequence(parts) => {
            for (index, part) in parts.iter().enumerate() {
                shadows(part, is_open(&parts[index + 1..], open), pairs);
            }
        }
        Node::Repeat(inner, most) => shadows(inner, open && *most == 1, pairs),
        Node::Capture(_, inner) => shadows(inner, open, pairs),
        Node::Not(inner) => shadows(inner, true, pairs),
        _ => {}
    }
}

/// Whether what follows passes whatever stands there.
fn is_open(following: &[Node], open: bool) -> bool {
    for part in following {
        match part {
            Node::Gap { .. } | Node::Rest => return true,
            Node::Repeat(..) => {}
            _ => return false,
        }
    }
    open
}
