//! A small graph with everything that is hard to write down.

use std::collections::BTreeMap;

use pactgraph::graph::{DocumentRecord, Entity, Evidence, Fact, Qualifier, Records, Value};
use pactgraph::schema::Schema;

pub fn schema() -> Schema {
    Schema::read("rules/schema.toml", include_str!("../../rules/schema.toml"))
        .unwrap_or_else(|problem| panic!("{problem}"))
}

fn place(document: &str, start: u64, text: &str, rule: &str) -> Evidence {
    let end = start + text.chars().count() as u64;
    Evidence { document: document.into(), start, end, text: text.into(), rule: rule.into() }
}

fn entity(id: &str, is_a: &[&str], name: &str, mentions: Vec<Evidence>) -> Entity {
    Entity {
        id: id.into(),
        class: is_a[0].into(),
        is_a: is_a.iter().map(|&class| class.into()).collect(),
        name: name.into(),
        code: String::new(),
        labels: BTreeMap::new(),
        same_as: Vec::new(),
        attributes: BTreeMap::new(),
        mentions,
    }
}

fn fact(subject: &str, predicate: &str, object: Value, evidence: Vec<Evidence>) -> Fact {
    Fact {
        id: String::new(),
        predicate: predicate.into(),
        subject: subject.into(),
        object,
        qualifiers: BTreeMap::new(),
        confidence: 0.97,
        evidence,
    }
}

fn with(mut fact: Fact, name: &str, qualifier: Qualifier) -> Fact {
    fact.qualifiers.insert(name.into(), qualifier);
    fact
}

pub fn records() -> Records {
    let documents = [
        ("doc/联合声明-1", "关于“发展”的\r\n联合声明", "2005-07-04", "zh-Hans", "examples/联合 声明\u{202e}.txt"),
        ("doc/b", "Joint <Statement> & \"more\"", "2006", "en", "b.txt"),
    ]
    .map(|(id, title, date, language, source)| DocumentRecord {
        id: id.into(),
        title: title.into(),
        date: date.into(),
        language: if language == "zh-Hans" { "zh".into() } else { language.into() },
        source: source.into(),
    });
    let zh = "doc/联合声明-1";
    let treaty = "instrument/中哈 \"睦邻\" <条约>{|}\\^`%20";
    let mut china = entity(
        "state/CN",
        &["State", "Agent"],
        "中华人民共和国",
        vec![
            place(zh, 0, "中国", "lexicon:states"),
            place("doc/b", 3, "China", "lexicon:states"),
            place("doc/b", 30, "PRC", "r"),
        ],
    );
    china.code = "CN".into();
    china.labels = BTreeMap::from([("en".into(), "China".into()), ("zh".into(), "中国".into())]);
    china.same_as = vec!["http://www.wikidata.org/entity/Q148".into(), "no iri".into()];
    let kazakhstan =
        entity("state/KZ", &["State", "Agent"], "哈萨克斯坦共和国", vec![place(zh, 5, "哈萨克斯坦共和国", "r")]);
    let mut instrument =
        entity(treaty, &["Instrument"], "睦邻\r\n𠀀条约\u{1}", vec![place(zh, 15, " 睦邻条约\t", "r")]);
    instrument.attributes = BTreeMap::from([("kind".into(), "treaty".into())]);
    let sco = entity("organisation/sco", &["InternationalOrganisation", "Organisation", "Agent"], "上合组织", vec![]);
    let text = |text: &str| Value::Text(text.into());
    let to = |id: &str| Value::Entity(id.into());
    let one = |value: Value| Qualifier::One(value);
    let facts = vec![
        fact(
            "state/CN",
            "partyTo",
            to(treaty),
            vec![place(zh, 0, "中国", "r.a"), place(zh, 0, "中国", "r.b"), place("doc/b", 3, "China", "r.a")],
        ),
        fact(
            treaty,
            "dateSigned",
            Value::Date("2002-12-23".into()),
            vec![place(zh, 20, "2002年12月23日签署", "r.date")],
        ),
        fact(
            treaty,
            "coversPeriod",
            Value::Date("2003/2008".into()),
            vec![place(zh, 20, "2002年12月23日签署", "r.date")],
        ),
        with(
            fact(
                "state/CN",
                "opposes",
                text("任何形式的“台湾独立”\t\\ '\"<&>\r\n]]>"),
                vec![place(zh, 50, "反对任何", "r.o")],
            ),
            "about",
            Qualifier::Many(vec![to("state/KZ"), to(treaty)]),
        ),
        with(
            fact("state/KZ", "implements", to(treaty), vec![place(zh, 60, "将履行", "r")]),
            "status",
            one(text("planned")),
        ),
        with(
            fact("state/KZ", "memberOf", to("organisation/sco"), vec![place(zh, 65, "不是成员", "r")]),
            "polarity",
            one(text("negative")),
        ),
        with(
            fact("state/KZ", "partOf", to("state/CN"), vec![place(zh, 68, "属于", "r")]),
            "assertedBy",
            one(to("state/CN")),
        ),
        with(
            with(
                fact("state/CN", "partnership", to("state/KZ"), vec![place(zh, 70, "建立战略伙伴关系", "r")]),
                "level",
                one(text("战略伙伴关系")),
            ),
            "date",
            one(Value::Date("2005-07".into())),
        ),
    ];
    Records {
        documents: documents.to_vec(),
        entities: vec![china, kazakhstan, instrument, sco],
        facts,
        ..Records::default()
    }
}
