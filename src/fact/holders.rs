//! Who is spoken of: the sides that stand as the subject of each sentence's clauses.

use super::Context;
use crate::mention::{Filling, Match, Scratch};
use crate::rules::{Frame, Wanted};
use crate::schema::ClassSet;
use crate::span::Span;

/// The sides at the head of a clause.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    /// From the start of the clause to the end of the sides' words.
    pub(super) span: Span,
    /// The sides.
    pub(super) sides: Vec<usize>,
}

/// All holders of a text, in order.
pub(super) struct Holders {
    list: Vec<Holder>,
}

impl Holders {
    pub(super) fn new(context: Context, scratch: &mut Scratch) -> Self {
        let mut list = Vec::new();
        let Some(frame) = &context.rules.frame else { return Self { list } };
        for sentence in &context.text.sentences {
            for clause in &sentence.clauses {
                list.extend(at(context, frame, Span::new(clause.start, sentence.span.end), scratch));
            }
        }
        Self { list }
    }

    /// The holder that starts at a byte.
    pub(super) fn starting_at(&self, at: u32) -> Option<&Holder> {
        let index = self.list.binary_search_by_key(&at, |holder| holder.span.start).ok()?;
        Some(&self.list[index])
    }

    /// The sides that were last spoken of before a byte, in the same paragraph.
    pub(super) fn before(&self, context: Context, at: u32) -> Option<Vec<usize>> {
        let holder = self.list[..self.list.partition_point(|holder| holder.span.start < at)].last()?;
        let paragraph =
            |at: u32| context.text.sentence_at(at).map_or(0, |index| context.text.sentences[index].paragraph);
        // A paragraph that ends in the middle of a sentence goes on in the next.
        let goes_on = |paragraph: &Span| {
            let last = paragraph.of(context.text.as_str()).chars().next_back();
            last.is_some_and(|c| context.rules.language.clause_ends.contains(c))
        };
        let between =
            &context.text.paragraphs[paragraph(holder.span.start)..paragraph(at).max(paragraph(holder.span.start))];
        between.iter().all(goes_on).then(|| holder.sides.clone())
    }
}

fn at(context: Context, frame: &Frame, unit: Span, scratch: &mut Scratch) -> Option<Holder> {
    let one = context.field().match_at(&frame.holder, unit, unit.start, scratch)?;
    let sides = sides(context, frame, &one);
    (!sides.is_empty()).then_some(Holder { span: one.span, sides })
}

/// The sides that the holder's role stands for.
fn sides(context: Context, frame: &Frame, one: &Match) -> Vec<usize> {
    let wanted = frame.holder.slots.iter().fold(ClassSet::default(), |set, slot| match slot.wanted {
        Wanted::Mention { classes, .. } => set.union(classes),
        _ => set,
    });
    let mut found = Vec::new();
    for filling in one.fillings(frame.who) {
        let Filling::Mention(index) = filling else { continue };
        let mention = &context.resolved.lattice.mentions[*index];
        let owner = mention.of.and_then(|of| context.resolved.referents[of].first().copied());
        for &entity in &context.resolved.referents[*index] {
            let side =
                context.through(entity, wanted).or_else(|| owner.and_then(|owner| context.through(owner, wanted)));
            if let Some(side) = side.filter(|side| !found.contains(side)) {
                found.push(side);
            }
        }
    }
    found
}
