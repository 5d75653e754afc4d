//! A table as comma-separated values (RFC 4180). Reals are written in the fewest digits that read
//! back to the same bits, and text so that no spreadsheet takes it for a formula.

use std::borrow::Cow;
use std::io::Write;

use ::csv::Writer;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Schema};

use super::{Rows, Unwritten};

/// A table that is being written.
pub struct Csv<W: Write> {
    writer: Writer<W>,
}

/// A column of a batch.
enum Cells<'a> {
    Whole(&'a Int64Array),
    Real(&'a Float64Array),
    Text(&'a StringArray),
}

impl<W: Write> Csv<W> {
    /// Begins with the names of the columns.
    pub fn new(schema: &Schema, into: W) -> Result<Self, Unwritten> {
        let mut writer = Writer::from_writer(into);
        let names = schema.fields().iter().map(|field| as_text(field.name()).into_owned());
        writer.write_record(names)?;
        Ok(Csv { writer })
    }

    /// Writes one row of text.
    pub fn texts(&mut self, cells: &[&str]) -> Result<(), Unwritten> {
        Ok(self.writer.write_record(cells.iter().map(|cell| as_text(cell).into_owned()))?)
    }
}

impl<W: Write> Rows for Csv<W> {
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Unwritten> {
        let cells = batch.columns().iter().map(|column| Cells::of(column.as_ref()));
        let cells = cells.collect::<Result<Vec<_>, _>>()?;
        let mut number = String::new();
        for row in 0..batch.num_rows() {
            for column in &cells {
                let cell = column.at(row, &mut number);
                self.writer.write_field(cell.as_bytes())?;
            }
            self.writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Unwritten> {
        Ok(self.writer.flush()?)
    }
}

impl<'a> Cells<'a> {
    fn of(column: &'a dyn Array) -> Result<Self, Unwritten> {
        match column.data_type() {
            DataType::Int64 => Ok(Cells::Whole(column.as_primitive::<Int64Type>())),
            DataType::Float64 => Ok(Cells::Real(column.as_primitive::<Float64Type>())),
            DataType::Utf8 => Ok(Cells::Text(column.as_string::<i32>())),
            other => Err(Unwritten(format!("no cell of a table holds {other}"))),
        }
    }

    /// A cell in words; empty where there is no value. `number` is room to write one in.
    fn at<'s>(&'s self, row: usize, number: &'s mut String) -> Cow<'s, str> {
        use std::fmt::Write as _;
        number.clear();
        // Writing into a string does not fail.
        let _ = match self {
            Cells::Whole(values) if values.is_valid(row) => write!(number, "{}", values.value(row)),
            // Unlike its display, a real's debug form has an exponent where it is shorter.
            Cells::Real(values) if values.is_valid(row) => {
                write!(number, "{:?}", values.value(row))
            }
            Cells::Text(values) if values.is_valid(row) => return as_text(values.value(row)),
            _ => Ok(()),
        };
        Cow::Borrowed(number)
    }
}

/// A text that spreadsheets show as it stands: without control characters, and with an apostrophe
/// before what would begin a formula (OWASP ASVS 1.2.10).
fn as_text(text: &str) -> Cow<'_, str> {
    let begins_with = |text: &str, dangerous: &[char]| text.starts_with(dangerous);
    let controls = text.contains(char::is_control);
    let clean: Cow<'_, str> = if controls {
        Cow::Owned(text.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(text)
    };
    // What stood behind a control character that was dropped may begin a formula too.
    if begins_with(text, &['\t', '\r', '\0']) || begins_with(&clean, &['=', '+', '-', '@']) {
        return Cow::Owned(format!("'{clean}"));
    }
    clean
}

impl From<::csv::Error> for Unwritten {
    fn from(error: ::csv::Error) -> Self {
        Unwritten(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_begin_a_formula_gets_an_apostrophe() {
        for text in ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"] {
            assert_eq!(as_text(text), format!("'{text}"));
        }
        for (text, shown) in [("\t=1", "'=1"), ("\rx", "'x"), ("\0x", "'x"), ("\u{1}=1", "'=1")] {
            assert_eq!(as_text(text), shown);
        }
    }

    #[test]
    fn other_text_stays_as_it_is_without_control_characters() {
        for text in ["In-house", "St. Helens", "1=1", "a \"b\", c", "£5", ""] {
            assert!(matches!(as_text(text), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(as_text("a\nb\0c\u{7f}d"), "abcd");
    }

    #[test]
    fn reals_read_back_to_the_same_bits() {
        let values = [0.1, -0.0, 1e300, 5e-324, f64::MAX, 1.0 / 3.0, 123_456_789.0, f64::INFINITY];
        let column = Float64Array::from(values.to_vec());
        let cells = Cells::of(&column).unwrap();
        let mut room = String::new();
        for (row, value) in values.iter().enumerate() {
            let read: f64 = cells.at(row, &mut room).parse().unwrap();
            assert_eq!(read.to_bits(), value.to_bits());
        }
    }
}
