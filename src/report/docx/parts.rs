//! What a Word file needs and the library does not write: its title and language, its date, header rows
//! that stand on every page, and words for those who do not see a picture.

use docx_rs::XMLDocx;

use crate::report::RunFacts;
use crate::report::plain_text::escaped;

/// Completes a built file in place.
pub fn complete(file: &mut XMLDocx, title: &str, run: &RunFacts, pictures: &[String]) {
    file.doc_props.core = core(title, run).into_bytes();
    edit(&mut file.styles, language);
    edit(&mut file.document, |xml| described(&numbered(&headed(xml)), pictures));
    file.footers.iter_mut().for_each(|footer| edit(footer, numbered));
}

/// Changes a part; one that is no text stays as it is.
fn edit(part: &mut Vec<u8>, change: impl Fn(&str) -> String) {
    if let Ok(text) = std::str::from_utf8(part) {
        *part = change(text).into_bytes();
    }
}

/// The properties: what it is called, its language, and when its run began.
fn core(title: &str, run: &RunFacts) -> String {
    // A run that is not in the ledger has no date, and the clock's would differ every time.
    let date = run.created.parse::<jiff::Timestamp>().map_or_else(
        |_| String::new(),
        |at| {
            let of = |what: &str| {
                format!("<dcterms:{what} xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:{what}>")
            };
            of("created") + &of("modified")
        },
    );
    let subject = run.run.as_ref().map_or_else(String::new, |id| format!("workcast run {id}"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>workcast {}</dc:creator>\
         <dc:language>en-GB</dc:language>{date}</cp:coreProperties>",
        escaped(title),
        escaped(&subject),
        escaped(&run.workcast),
    )
}

/// The language of everything.
fn language(styles: &str) -> String {
    const ENDS: &str = "</w:rPr></w:rPrDefault>";
    styles.replacen(ENDS, &format!("<w:lang w:val=\"en-GB\" w:eastAsia=\"en-GB\" />{ENDS}"), 1)
}

/// The first row of every table as its header.
fn headed(document: &str) -> String {
    let mut tables = document.split("<w:tbl>");
    let before = tables.next().unwrap_or_default().to_owned();
    tables.fold(before, |all, table| {
        all + "<w:tbl>" + &table.replacen("</w:trPr>", "<w:tblHeader /></w:trPr>", 1)
    })
}

/// Paragraphs counted from one. The library counts on from one file to the next.
fn numbered(document: &str) -> String {
    const BEGINS: &str = "w14:paraId=\"";
    let mut paragraphs = document.split(BEGINS);
    let mut all = paragraphs.next().unwrap_or_default().to_owned();
    for (index, rest) in paragraphs.enumerate() {
        let rest = rest.split_once('"').map_or(rest, |(_, rest)| rest);
        all += &format!("{BEGINS}{:08x}\"", index + 1);
        all += rest;
    }
    all
}

/// Each picture with its own number and its words.
fn described(document: &str, pictures: &[String]) -> String {
    const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\"";
    let mut parts = document.split(PICTURE);
    let before = parts.next().unwrap_or_default().to_owned();
    parts.zip(pictures).enumerate().fold(before, |all, (index, (rest, words))| {
        let number = index + 1;
        let words = escaped(words);
        format!("{all}<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{words}\"{rest}")
    })
}
