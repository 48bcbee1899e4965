//! Invariants 1 and 2 of the design, over texts that nobody would write: evidence reads back and nothing panics; the
//! same input gives the same bytes over runs, threads and orders of documents.

// Helpers of tests may unwrap as tests do.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pactgraph::document::Document;
use pactgraph::extractor::Extractor;
use pactgraph::graph::{Evidence, Graph, Records};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Result<Extractor, String>> = LazyLock::new(|| {
    let say = |problems: Vec<_>| problems.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n");
    Extractor::embedded().map_err(say)
});

fn extract(document: &Document) -> Records {
    match &*EXTRACTOR {
        Ok(extractor) => extractor.extract(document),
        Err(problems) => panic!("the embedded rules don't load:\n{problems}"),
    }
}

/// So many cases; what fails becomes a test of its own name, not a file of seeds.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Words that wake rules, whole and cut.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "中华人民共和国", "哈萨克斯坦共和国", "法国", "俄罗斯联邦", "土库曼斯坦", "巴西", "中", "哈", "中法",
    "中哈", "双方", "两国", "两国元首", "中方", "法方", "缔约双方", "各方", "联合国", "上海合作组织", "欧盟",
    "世界贸易组织", "联合国安全理事会", "总统", "主席", "国务院总理", "外交部长", "纳扎尔·托卡耶夫",
    "让-皮埃尔·杜邦", "李明", "王小华阁下", "外交部", "政府间合作委员会", "能源分委会", "石油管道",
    "阿尔法－贝塔铁路", "经贸合作区", "口岸", "《", "》", "〈", "〉", "“", "”", "友好合作条约", "联合声明",
    "谅解备忘录", "《关于进一步发展关系的联合公报》", "（以下简称《公报》）", "（以下简称“中心”）",
    "2005年7月4日", "二〇〇五年七月四日", "２０１９年２月３０日", "7月3日至4日", "2003年至2008年",
    "上世纪九十年代", "2010年底", "签署", "签订了", "于", "在", "对", "进行国事访问", "应", "的邀请",
    "举行会谈", "会见", "建立外交关系", "全面战略伙伴关系", "重申", "支持", "反对", "高度评价", "对此表示满意",
    "认为", "愿", "将", "商定", "致力于", "恐怖主义", "一个中国原则", "台湾是中国领土不可分割的一部分",
    "加强在能源、交通和教育领域的合作", "、", "和", "及", "等领域", "，", "。", "；", "：", "？", "第一条",
    "一、", "（一）", "序言", "本条约自签署之日起生效", "第十届峰会", "文化节", "“一带一路”倡议", "北京",
    "阿斯塔纳", "黑龙江", "基于", "遵循", "根据", "框架内", "加入", "成员国", "提出的", "以及其他",
    "中華人民共和國", "聯合聲明", "ＵＮ", "WTO", "the two sides",
];

/// What texts hold besides words.
#[rustfmt::skip]
const NOISE: &[&str] = &[
    "\n", "\r\n", "\r", "\n\n", "\u{2028}", "\t", " ", "\u{3000}", "\u{a0}", "\0", "\u{1}", "\u{1b}[0m",
    "\u{7f}", "\u{85}", "\u{feff}", "\u{200b}", "\u{200d}", "\u{202e}", "\u{fffd}", "\u{ffff}", "\u{10ffff}",
    "🇨🇳", "👨‍👩‍👧", "𠮷", "𪚥", "䶵", "㐀", "﨑", "豈", "㍿", "㋿", "①", "ﬁ", "İ", "ß", "e\u{301}",
    "\u{301}", "ｶﾞ", "·", "・", "－", "—", "...", "……", "%", "\\", "\"", "'", "{", "}", "<b>", "&amp;",
    "9999999999999999999999", "0", "１２", "-1", "〇", "零", "廿", "Казахстан", "한국", "العربية",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => (proptest::sample::select(WORDS), 0..12_usize, 0..12_usize).prop_map(|(word, from, to)| {
            word.chars().skip(from.min(to)).take(from.max(to)).collect()
        }),
        3 => proptest::sample::select(NOISE).prop_map(str::to_owned),
        1 => (proptest::sample::select(WORDS), 2..40_usize).prop_map(|(word, times)| word.repeat(times)),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn document(number: usize, text: &str) -> Document {
    Document { id: format!("doc/{number}"), source: format!("{number}.txt"), text: text.to_owned() }
}

fn json(graph: &Graph) -> String {
    serde_json::to_string(&graph.records()).unwrap()
}

fn assert_reads_back(document: &Document, what: &str, evidence: &[Evidence]) {
    assert!(!evidence.is_empty(), "{what} has no evidence");
    for one in evidence {
        assert_eq!(one.document, document.id, "{what} has evidence from elsewhere");
        assert!(one.start < one.end, "{what} has empty evidence: {one:?}");
        let (start, length) = (one.start as usize, (one.end - one.start) as usize);
        let there: String = document.text.chars().skip(start).take(length).collect();
        assert_eq!(there, one.text, "{what}: its evidence is not what stands there");
        assert!(!one.rule.is_empty(), "{what} doesn't say which rule read it");
    }
}

/// Evidence reads back, ids are known and unlike, and what facts speak of is there.
fn assert_sound(document: &Document, records: &Records) {
    let ids: BTreeSet<&str> = records.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert_eq!(ids.len(), records.entities.len(), "two entities of one id");
    for entity in &records.entities {
        assert_reads_back(document, &format!("entity {}", entity.id), &entity.mentions);
    }
    for fact in &records.facts {
        let what = format!("fact {} {} {:?}", fact.subject, fact.predicate, fact.object);
        assert_reads_back(document, &what, &fact.evidence);
        assert!(ids.contains(fact.subject.as_str()), "{what}: its subject is no entity");
        assert!((0.0..=1.0).contains(&fact.confidence), "{what}: confidence {}", fact.confidence);
    }
}

/// Extracts on several threads, which take documents by turns.
fn extract_on(threads: usize, documents: &[Document]) -> Vec<Records> {
    let mut parts: Vec<(usize, Records)> = std::thread::scope(|scope| {
        let share = |first: usize| {
            let mine = documents.iter().enumerate().skip(first).step_by(threads);
            mine.map(|(at, document)| (at, extract(document))).collect::<Vec<_>>()
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    parts.sort_by_key(|(at, _)| *at);
    parts.into_iter().map(|(_, records)| records).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn evidence_reads_back_whatever_the_text(text in text()) {
        let document = document(1, &text);
        let records = extract(&document);
        assert_sound(&document, &records);
        assert_sound(&document, &Graph::build([records]).records());
    }

    #[test]
    fn no_characters_at_all_make_it_panic(text in any::<String>()) {
        let document = document(1, &text);
        assert_sound(&document, &extract(&document));
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn order_and_threads_make_no_difference(
        (texts, order) in proptest::collection::vec(text(), 2..7).prop_flat_map(|texts| {
            let order = Just((0..texts.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(texts), order)
        })
    ) {
        let documents: Vec<Document> = texts.iter().enumerate().map(|(at, text)| document(at, text)).collect();
        let shuffled: Vec<Document> = order.iter().map(|&at| documents[at].clone()).collect();
        let one = json(&Graph::build(extract_on(1, &documents)));
        prop_assert_eq!(&one, &json(&Graph::build(extract_on(1, &documents))), "over runs");
        prop_assert_eq!(&one, &json(&Graph::build(extract_on(3, &documents))), "over threads");
        prop_assert_eq!(&one, &json(&Graph::build(extract_on(2, &shuffled))), "over orders");
        let parts = shuffled.iter().map(|document| Graph::build([extract(document)]).records());
        prop_assert_eq!(&one, &json(&Graph::build(parts)), "merged in steps");
    }
}

#[test]
fn long_and_deep_texts_are_read_in_time() {
    let start = std::time::Instant::now();
    let units = ["中方", "《", "（", "中国、", "2005年", "支持", "和", "总统", "a", "\n", "“中法友好条约”"];
    for unit in units {
        let document = document(1, &unit.repeat(200_000 / unit.len()));
        assert_sound(&document, &extract(&document));
    }
    assert!(start.elapsed().as_secs() < 120, "200 KB of one word over and over took {:?}", start.elapsed());
}

#[test]
fn the_sample_reads_back() {
    for entry in std::fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "txt") {
            let document = document(1, &std::fs::read_to_string(&path).unwrap());
            assert_sound(&document, &extract(&document));
        }
    }
}
