//! What a text must hold before a pattern is worth running: how a match begins, and what every match holds.

use super::pattern::Node;
use super::text::Pinned;
use super::program::{First, Program, Scope, Wanted, wanted};
use crate::schema::ClassSet;

/// Looks a pattern through; names in it have been found to stand for something.
struct Analysis<'a> {
    scope: &'a Scope<'a>,
    first: First,
}

/// Fills in what is known of `program`, which was compiled from `node`.
///
/// # Errors
/// A message for the first name that stands for nothing.
pub(super) fn complete(program: &mut Program, node: &Node, scope: &Scope) -> Result<(), String> {
    let mut analysis = Analysis { scope, first: First::default() };
    program.empty = analysis.first(node)?;
    (program.anchors, program.needs) = analysis.required(node)?;
    program.first = analysis.first;
    Ok(())
}

impl Analysis<'_> {
    fn list(&self, name: &str) -> Vec<String> {
        let list = self.scope.list_ids.get(name).map(|&id| &self.scope.lists[id]);
        list.into_iter().flat_map(|list| list.words.iter().map(|(word, _)| word.text.to_string())).collect()
    }

    /// A literal as an anchor; none when words stand apart and it is only white space or marks.
    fn anchors(&self, text: &str) -> Vec<String> {
        let pinned = Pinned::new(text, self.scope.folder, self.scope.language);
        let anchor = pinned.text.trim_matches([' ', '\n']);
        let rare = !self.scope.language.spaced || anchor.chars().any(char::is_alphanumeric);
        if rare && !anchor.is_empty() { vec![anchor.to_owned()] } else { Vec::new() }
    }

    /// Adds what `node` can begin with; whether it can match nothing.
    fn first(&mut self, node: &Node) -> Result<bool, String> {
        Ok(match node {
            Node::Literal(text) => {
                let pinned = Pinned::new(text, self.scope.folder, self.scope.language);
                let empty = pinned.text.is_empty();
                if !empty {
                    self.first.literals.push(pinned.text.into());
                }
                empty
            }
            Node::Words(name) => {
                let words = self.list(name);
                self.first.literals.extend(words);
                false
            }
            Node::Run { min, .. } | Node::Gap { min, .. } => {
                self.first.anywhere = true;
                *min == 0
            }
            Node::Rest => {
                self.first.anywhere = true;
                false
            }
            Node::Sequence(parts) => {
                for part in parts {
                    if !self.first(part)? {
                        return Ok(false);
                    }
                }
                true
            }
            Node::Choice(branches) => {
                let mut empty = false;
                for branch in branches {
                    empty |= self.first(branch)?;
                }
                empty
            }
            Node::Repeat(inner, _) => {
                self.first(inner)?;
                true
            }
            Node::Capture(_, inner) => self.first(inner)?,
            Node::Slot(slot) => {
                match wanted(slot, self.scope)? {
                    Wanted::Mention { classes, through } => {
                        self.first.classes = self.first.classes.union(classes).union(through)
                    }
                    Wanted::Short(classes) => self.first.short = self.first.short.union(classes),
                    Wanted::Number(..) => self.first.numbers = true,
                }
                false
            }
            Node::Not(_) | Node::Start | Node::End => true,
        })
    }

    /// Literals of which any match holds one, and classes of which any match holds a mention.
    fn required(&self, node: &Node) -> Result<(Vec<String>, Vec<ClassSet>), String> {
        Ok(match node {
            Node::Literal(text) => (self.anchors(text), Vec::new()),
            Node::Words(name) => (self.list(name), Vec::new()),
            Node::Sequence(parts) => {
                let (mut best, mut needs) = (Vec::new(), Vec::new());
                for part in parts {
                    let (literals, classes) = self.required(part)?;
                    if rarity(&literals) > rarity(&best) {
                        best = literals;
                    }
                    needs.extend(classes);
                }
                (best, needs)
            }
            Node::Choice(branches) => {
                let (mut all, mut needs) = (Vec::new(), ClassSet::default());
                let (mut lacking, mut free) = (false, false);
                for branch in branches {
                    let (literals, classes) = self.required(branch)?;
                    lacking |= literals.is_empty();
                    free |= classes.is_empty();
                    all.extend(literals);
                    needs = classes.into_iter().fold(needs, ClassSet::union);
                }
                (if lacking { Vec::new() } else { all }, if free { Vec::new() } else { vec![needs] })
            }
            Node::Capture(_, inner) => self.required(inner)?,
            Node::Slot(slot) => match wanted(slot, self.scope)? {
                Wanted::Mention { classes, through } => (Vec::new(), vec![classes.union(through)]),
                _ => (Vec::new(), Vec::new()),
            },
            _ => (Vec::new(), Vec::new()),
        })
    }
}

/// How rarely one of the literals can be expected: the shortest counts, then how many there are.
fn rarity(literals: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = literals.iter().map(|literal| literal.chars().count()).min().unwrap_or(0);
    (shortest.min(3), std::cmp::Reverse(literals.len()))
}
