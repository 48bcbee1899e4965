//! Bytes to text: byte order marks, UTF-8, and the likeliest other encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::problem::{Place, Problem};

/// How much of a file is looked at to tell text from binary data and to guess an encoding, in bytes.
const SAMPLE: usize = 1 << 20;

/// First bytes of files that hold text but are no plain text, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT, XLSX...)"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip file"),
];

/// The text of a file's bytes, without byte order mark and otherwise unchanged; `file` names it in problems.
///
/// # Errors
/// Empty and binary files.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<(String, Vec<Problem>), Problem> {
    let place = Place::file(file);
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Problem::error(place, format!("is {what}, not plain text"), "save it as plain text (UTF-8)"));
    }
    let (text, warning) = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf16(file, encoding, &bytes[length..])
        }
        Some((_, length)) => utf8(file, bytes, length)?,
        None => utf8(file, bytes, 0)?,
    };
    if text.trim().is_empty() {
        return Err(Problem::error(place, "is empty", "remove it from the list, or put the document's text in it"));
    }
    Ok((text, warning.into_iter().collect()))
}

fn utf16(file: &str, encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<Problem>) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let warning = broken.then(|| {
        let message = format!("has code units that are not {}; each reads as U+FFFD", encoding.name());
        Problem::warning(Place::file(file), message, "save the file as UTF-8")
    });
    (text.into_owned(), warning)
}

fn utf8(file: &str, mut bytes: Vec<u8>, skip: usize) -> Result<(String, Option<Problem>), Problem> {
    if is_binary(&bytes) {
        return Err(Problem::error(
            Place::file(file),
            "is binary data, not text",
            "give plain text; if it is text in UTF-16 without a byte order mark, save it as UTF-8",
        ));
    }
    if skip > 0 {
        bytes.drain(..skip);
    }
    let (bytes, offset) = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, None)),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            (error.into_bytes(), offset)
        }
    };
    let encoding = if skip > 0 { UTF_8 } else { guess(&bytes, offset) };
    let (text, broken): (Cow<str>, bool) = encoding.decode_without_bom_handling(&bytes);
    let how = match (encoding == UTF_8, broken) {
        (true, _) => "every broken byte reads as U+FFFD".into(),
        (false, false) => format!("the whole file was read as {}", encoding.name()),
        (false, true) => format!("the whole file was read as {}, and what that lacks as U+FFFD", encoding.name()),
    };
    let message = format!("byte {} is not UTF-8; {how}", offset + skip);
    let warning = Problem::warning(place_of_byte(file, &bytes, offset), message, "check the text, or save it as UTF-8");
    Ok((text.into_owned(), Some(warning)))
}

/// Line and column of a byte; all before it is valid UTF-8.
fn place_of_byte(file: &str, bytes: &[u8], offset: usize) -> Place {
    let before = &bytes[..offset];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    Place { file: file.into(), line, column }
}

/// Whether the start of the file has too many control characters for a text: more than one in fifty, or a NUL where
/// the bytes aren't UTF-8 either.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let controls = sample.iter().filter(|&&byte| is_control(byte)).count();
    controls > 0
        && (controls * 50 > sample.len()
            || sample.contains(&0) && std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_some()))
}

/// UTF-8 when most of what isn't ASCII is UTF-8, else what the bytes around the first broken one look like.
fn guess(bytes: &[u8], offset: usize) -> &'static Encoding {
    let line = bytes[..offset].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let start = line.max(offset.saturating_sub(SAMPLE));
    let sample = &bytes[start..bytes.len().min(offset + SAMPLE)];
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes[..bytes.len().min(offset + SAMPLE)].utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if good >= 2 * broken {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "中华人民共和国和哈萨克斯坦共和国联合声明\r\n双方重申，一个中国原则。";

    fn read(bytes: &[u8]) -> (String, Vec<Problem>) {
        decode("a.txt", bytes.to_vec()).unwrap()
    }

    #[test]
    fn byte_order_marks_are_no_text() {
        let utf16le: Vec<u8> = "\u{feff}中\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = "\u{feff}中\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&utf16le[..], &utf16be, "\u{feff}中\r\n".as_bytes(), "中\r\n".as_bytes()] {
            assert_eq!(read(bytes), ("中\r\n".into(), vec![]));
        }
    }

    #[test]
    fn other_encodings_are_guessed_and_told() {
        let russian = "Совместное заявление Российской Федерации и Китайской Народной Республики";
        let traditional = "中華人民共和國和日本國聯合聲明，雙方重申建立戰略夥伴關係";
        for (text, encoding) in [(TEXT, "gb18030"), (traditional, "big5"), (russian, "windows-1251")] {
            let (bytes, ..) = Encoding::for_label(encoding.as_bytes()).unwrap().encode(text);
            let (read, problems) = read(&bytes);
            assert_eq!(read, text, "{encoding}");
            assert!(problems[0].message.starts_with("byte 0 is not UTF-8"), "{problems:?}");
        }
    }

    #[test]
    fn a_broken_byte_in_utf8_is_placed_and_the_rest_kept() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let offset = TEXT.find("重申").unwrap();
        bytes.insert(offset, 0xff);
        let (text, problems) = read(&bytes);
        assert_eq!(text, TEXT.replace("重申", "\u{fffd}重申"));
        assert_eq!((problems[0].place.line, problems[0].place.column), (2, 3));
        assert!(problems[0].message.contains(&format!("byte {offset} ")), "{problems:?}");
    }

    #[test]
    fn empty_and_binary_files_are_refused() {
        for bytes in [&b""[..], b" \r\n", b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe\x01", b"%PDF-1.7 text", b"\xef\xbb\xbf"] {
            assert!(decode("a.txt", bytes.to_vec()).is_err(), "{bytes:?}");
        }
        assert!(
            decode("a.txt", b"a form feed \x0c and a bell \x07 in a long enough line of ordinary text".to_vec())
                .is_ok()
        );
    }
}
