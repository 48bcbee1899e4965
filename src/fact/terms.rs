//! Filling in the facts of a match.

use super::holders::Holders;
use super::{Context, Fact, Object, Reader, is_sides};
use crate::mention::{Filling, Match, Meaning};
use crate::rules::{FactTemplate, Members, RoleId, Rule, Term, Wanted};
use crate::schema::{ClassId, ClassSet};
use crate::span::Span;

/// A match of a rule, to be read as facts.
pub(super) struct Reading<'a> {
    pub(super) context: Context<'a>,
    pub(super) holders: &'a Holders,
    pub(super) number: usize,
    pub(super) one: &'a Match,
    /// The mention that `self` is.
    pub(super) itself: Option<usize>,
}

/// What a term stands for, and whether the context had to say it.
struct Filled {
    objects: Vec<Object>,
    carried: bool,
}

impl Reading<'_> {
    fn rule(&self) -> &Rule {
        &self.context.rules.rules[self.number]
    }

    pub(super) fn read(&self, facts: &mut Vec<Fact>) {
        for template in &self.rule().facts {
            self.read_one(template, facts);
        }
    }

    fn read_one(&self, template: &FactTemplate, facts: &mut Vec<Fact>) {
        let schema = &self.context.set.schema;
        let predicate = schema.predicate(template.predicate);
        let subjects = self.fill(&template.subject);
        let objects = self.fill(&template.object);
        let (domain, range) = (schema.set(&predicate.domain), schema.set(&predicate.range));
        let mut subject_ids = self.entities(&subjects.objects, domain);
        let object_values = self.in_range(&objects.objects, range);
        let mut qualifiers: Vec<(String, Vec<Object>)> = Vec::new();
        for (name, term) in &template.qualifiers {
            let values = self.fill(term).objects;
            if !values.is_empty() {
                qualifiers.push((name.clone(), values));
            }
        }
        let together = predicate.together.as_ref().filter(|_| self.is_together(&template.subject));
        if let (Some(name), true) = (together, subject_ids.len() > 1) {
            let others = subject_ids.split_off(1).into_iter().map(Object::Entity).collect();
            qualifiers.push((name.clone(), others));
        }
        let confidence = self.rule().confidence * if subjects.carried || objects.carried { 0.9 } else { 1.0 };
        for (position, &subject) in subject_ids.iter().enumerate() {
            for (other, object) in object_values.iter().enumerate() {
                // Of several sides that stand in a relation, each stands in it with the first.
                let pair_twice = template.subject == template.object && (other <= position || position > 0);
                if pair_twice || *object == Object::Entity(subject) {
                    continue;
                }
                facts.push(self.fact(template, subject, object.clone(), qualifiers.clone(), confidence));
            }
        }
    }

    fn fact(
        &self,
        template: &FactTemplate,
        subject: usize,
        object: Object,
        mut qualifiers: Vec<(String, Vec<Object>)>,
        confidence: f64,
    ) -> Fact {
        // A date that can't be is kept as the words it is, and marked.
        if let (Object::Words(_), true) = (&object, self.wants_date(template)) {
            qualifiers.push(("flag".into(), vec![Object::Form("impossible date".into())]));
        }
        qualifiers.sort();
        Fact {
            predicate: template.predicate,
            subject,
            object,
            qualifiers,
            evidence: self.one.span,
            reader: Reader::Rule(self.number),
            confidence,
            roles: Some(self.one.clone()),
        }
    }

    fn wants_date(&self, template: &FactTemplate) -> bool {
        let schema = &self.context.set.schema;
        schema
            .predicate(template.predicate)
            .range
            .iter()
            .all(|name| schema.class_id(name).is_some_and(|id| schema.class(id).date))
    }

    fn is_together(&self, term: &Term) -> bool {
        match term {
            Term::Role(role) => {
                let slots = self
                    .rule()
                    .programs
                    .iter()
                    .flat_map(|program| &program.slots)
                    .filter(|slot| slot.role == Some(*role));
                slots.clone().any(|slot| slot.members == Members::Together)
                    || self.rule().default.iter().any(|(other, term)| other == role && is_sides(term))
            }
            term => is_sides(term),
        }
    }

    /// Entities whose class fits, read through those who stand for somebody else.
    fn entities(&self, objects: &[Object], classes: ClassSet) -> Vec<usize> {
        let mut found = Vec::new();
        for object in objects {
            let Object::Entity(entity) = object else { continue };
            if let Some(fits) = self.context.through(*entity, classes)
                && !found.contains(&fits)
            {
                found.push(fits);
            }
        }
        found
    }

    fn in_range(&self, objects: &[Object], classes: ClassSet) -> Vec<Object> {
        let mut found = Vec::new();
        for object in objects {
            let fits = match object {
                Object::Entity(entity) => self.context.through(*entity, classes).map(Object::Entity),
                other => Some(other.clone()),
            };
            if let Some(fits) = fits
                && !found.contains(&fits)
            {
                found.push(fits);
            }
        }
        found
    }

    fn fill(&self, term: &Term) -> Filled {
        let entities = |list: Vec<usize>| list.into_iter().map(Object::Entity).collect();
        let plain = |objects| Filled { objects, carried: false };
        let resolved = self.context.resolved;
        match term {
            Term::Role(role) => {
                let objects = self.role(*role);
                let default = self.rule().default.iter().find(|(other, _)| other == role).map(|(_, term)| term);
                match default {
                    Some(term) if objects.is_empty() => Filled { carried: true, ..self.fill(term) },
                    _ => plain(objects),
                }
            }
            Term::Of(role) => {
                plain(entities(self.one.fillings(*role).filter_map(|filling| self.owner(mention(filling)?)).collect()))
            }
            Term::Itself => {
                plain(entities(self.itself.map(|index| resolved.referents[index].clone()).unwrap_or_default()))
            }
            Term::OfItself => plain(entities(self.itself.and_then(|index| self.owner(index)).into_iter().collect())),
            Term::Document => plain(entities(resolved.entities.document.into_iter().collect())),
            Term::Parties => plain(entities(resolved.parties.clone())),
            Term::Sides => {
                let held = self.holders.before(self.context, self.one.span.start);
                let sides = held.filter(|sides| !sides.is_empty()).unwrap_or_else(|| resolved.parties.clone());
                Filled { objects: entities(sides), carried: true }
            }
            Term::Words(words) => plain(vec![Object::Form(words.clone())]),
        }
    }

    /// Whom a mention belongs to or speaks for.
    fn owner(&self, index: usize) -> Option<usize> {
        let resolved = self.context.resolved;
        let of = resolved.lattice.mentions[index].of.and_then(|of| resolved.referents[of].first().copied());
        of.or_else(|| resolved.entities.list[*resolved.referents[index].first()?].of)
    }

    fn role(&self, role: RoleId) -> Vec<Object> {
        let mut objects = Vec::new();
        // The whole text of a capture stands first; a listed word inside it, with its normal form, says more.
        let form = self.one.fillings(role).find_map(|filling| match filling {
            Filling::Text(_, Some(form)) => Some(Object::Form(form.clone())),
            _ => None,
        });
        for filling in self.one.fillings(role) {
            match filling {
                Filling::Mention(index) => objects.extend(self.of_mention(role, *index)),
                Filling::Number(_, value) => objects.push(Object::Form(value.to_string())),
                Filling::Text(span, None) if form.is_none() => objects.push(Object::Words(*span)),
                _ => {}
            }
        }
        objects.extend(form);
        objects
    }

    fn of_mention(&self, role: RoleId, index: usize) -> Vec<Object> {
        let resolved = self.context.resolved;
        let mention = &resolved.lattice.mentions[index];
        match &mention.meaning {
            Meaning::Value(value) => return vec![Object::Date(value.clone())],
            Meaning::Impossible(_) => return vec![Object::Words(mention.span)],
            _ => {}
        }
        let slots =
            self.rule().programs.iter().flat_map(|program| &program.slots).filter(|slot| slot.role == Some(role));
        let wanted = slots.fold(ClassSet::default(), |set, slot| match slot.wanted {
            Wanted::Mention { classes, .. } => set.union(classes),
            _ => set,
        });
        let owner = self.owner(index);
        let plural = wanted.meets(self.context.set.schema.plurals());
        let fits = |entity: usize| {
            let through = if plural { Some(entity) } else { self.context.through(entity, wanted) };
            through.or_else(|| owner.and_then(|owner| self.context.through(owner, wanted)))
        };
        resolved.referents[index].iter().filter_map(|&entity| fits(entity)).map(Object::Entity).collect()
    }
}

fn mention(filling: &Filling) -> Option<usize> {
    match filling {
        Filling::Mention(index) => Some(*index),
        _ => None,
    }
}

impl Context<'_> {
    /// The entity itself if its class is wanted, else whom it belongs to or speaks for.
    pub(super) fn through(self, entity: usize, wanted: ClassSet) -> Option<usize> {
        let list = &self.resolved.entities.list;
        if wanted.has(list[entity].class) || self.recast(entity, wanted).is_some() {
            return Some(entity);
        }
        // A prime minister speaks for a government, which speaks for a state.
        let mut of = list[entity].of;
        for _ in 0..3 {
            of = of.and_then(|of| if wanted.has(list[of].class) { Some(of) } else { list[of].of });
        }
        of.filter(|&of| wanted.has(list[of].class))
    }

    /// The wanted class that an entity of another becomes where facts speak of it so.
    pub(super) fn recast(self, entity: usize, wanted: ClassSet) -> Option<ClassId> {
        let schema = &self.set.schema;
        let own = self.resolved.entities.list[entity].class;
        let ids = (0..schema.classes.len()).map(|index| ClassId(index as u8));
        ids.filter(|&id| wanted.has(id)).find(|&id| !wanted.has(own) && schema.set(&schema.class(id).takes).has(own))
    }

    /// The part of a span without white space and clause or sentence ends around it.
    pub(super) fn trim(self, span: Span) -> Span {
        let language = &self.rules.language;
        let edge =
            |c: char| c.is_whitespace() || language.clause_ends.contains(c) || language.sentence_ends.contains(c);
        let text = span.of(self.text.as_str());
        let start = text.len() - text.trim_start_matches(edge).len();
        let end = text.trim_end_matches(edge).len().max(start);
        Span::new(span.start + start as u32, span.start + end as u32)
    }
}
