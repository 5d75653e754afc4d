//! The ledger's keeping: `backup`, `restore`, `compact`, `rm` and `import`.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::args::Removal;
use super::exit::Failure;
use super::output::Output;
use super::restored;
use crate::store::{Copied, Ledger, RunId, RunRecord};

/// Copies the ledger into a file, verified value by value before it has its name.
///
/// # Errors
///
/// Where the ledger is damaged, the file is there already, or it cannot be written.
pub fn backup(to: &Path, force: bool, output: &Output) -> Result<(), Failure> {
    let copied = Ledger::open(&output.db)?.copy(to, force)?;
    say(output, "backup", to, copied, None);
    Ok(())
}

/// Puts a backup in the ledger's place.
///
/// # Errors
///
/// Where the backup is damaged; where there is a ledger and `force` is not given, or it is in use; where
/// it cannot be written.
pub fn restore(from: &Path, force: bool, output: &Output) -> Result<(), Failure> {
    let backup = Ledger::open(from)?;
    if output.db.exists() && !force {
        return Err(Failure::CommandLine(format!(
            "there is a ledger at {0}: --force puts the backup in its place and keeps it beside it as \
             {0}.replaced-N; --db names another place",
            output.db.display()
        )));
    }
    let (copied, aside) = backup.restore(&output.db)?;
    say(output, "restored", &output.db, copied, aside.as_deref());
    Ok(())
}

fn say(output: &Output, what: &str, path: &Path, copied: Copied, aside: Option<&Path>) {
    let Copied { runs, values, bytes } = copied;
    if output.json {
        output.json(&json!({
            what: path.to_string_lossy(),
            "runs": runs,
            "values": values,
            "bytes": bytes,
            "replaced": aside.map(Path::to_string_lossy),
        }));
        return;
    }
    let kept = aside
        .map_or(String::new(), |aside| format!(" What was there before is {}.", aside.display()));
    output.text(&format!(
        "{}: {}, {values} values, verified; {:.1} MB.{kept}",
        path.display(),
        counted(runs),
        bytes as f64 / 1e6
    ));
}

/// Gives the room that removed runs left in the file back to the disk.
///
/// # Errors
///
/// Where the ledger cannot be written.
pub fn compact(output: &Output) -> Result<(), Failure> {
    restored::ledger_is_there(&output.db)?;
    let (before, after) = Ledger::open_or_create(&output.db)?.compact()?;
    if output.json {
        output.json(&json!({ "bytes_before": before, "bytes": after }));
    } else {
        output.text(&format!(
            "{}: {:.1} MB before, {:.1} MB now.",
            output.db.display(),
            before as f64 / 1e6,
            after as f64 / 1e6
        ));
    }
    Ok(())
}

/// Copies runs from another ledger; they become the newest.
///
/// # Errors
///
/// Where one is damaged, or is there already: those before it have been copied.
pub fn import(from: &Path, asked: &[String], output: &Output) -> Result<(), Failure> {
    let source = Ledger::open(from)?;
    let ids: Result<Vec<RunId>, _> = asked.iter().map(|asked| source.resolve(asked)).collect();
    let ids = ids?;
    let ledger = Ledger::open_or_create(&output.db)?;
    let mut imported = Vec::new();
    for id in &ids {
        imported.push(ledger.import(&source, id)?);
    }
    ledger.close()?;
    let names: Vec<&str> = imported.iter().map(|record| record.id.as_str()).collect();
    if output.json {
        output.json(&json!({ "imported": names }));
    } else {
        output.text(&format!("Imported from {}: {}.", from.display(), names.join(", ")));
    }
    Ok(())
}

/// Removes runs: those that are named, and those that a rule does not keep.
///
/// # Errors
///
/// Where a run is not there, the ledger cannot be written, or nothing says what to remove.
pub fn rm(removal: &Removal, output: &Output) -> Result<(), Failure> {
    let view = Ledger::open(&output.db)?;
    let removed = chosen(&view, removal)?;
    let sizes: Result<Vec<u64>, _> = removed.iter().map(|gone| view.size(&gone.id)).collect();
    let bytes: u64 = sizes?.iter().sum();
    drop(view);
    if !removed.is_empty() && !removal.dry_run {
        let ledger = Ledger::open_or_create(&output.db)?;
        let ids: Vec<RunId> = removed.iter().map(|gone| gone.id.clone()).collect();
        ledger.remove(&ids)?;
        ledger.close()?;
    }
    if output.json {
        let ids: Vec<&str> = removed.iter().map(|gone| gone.id.as_str()).collect();
        output.json(&json!({ "removed": ids, "bytes": bytes, "dry_run": removal.dry_run }));
        return Ok(());
    }
    let what = if removal.dry_run { "Would remove" } else { "Removed" };
    let mut text = format!("{what} {} of {:.1} MB.\n", counted(removed.len()), bytes as f64 / 1e6);
    for gone in &removed {
        text += &format!("  {}  {}\n", gone.id, gone.what);
    }
    if !removed.is_empty() && !removal.dry_run {
        text += "Their room in the file is used again by later runs; `workcast compact` gives it back.\n";
    }
    output.text(&text);
    Ok(())
}

/// A run that is to go.
struct Gone {
    id: RunId,
    /// What it is, for whoever reads the list.
    what: String,
}

/// Which runs are to go, newest first.
fn chosen(ledger: &Ledger, removal: &Removal) -> Result<Vec<Gone>, Failure> {
    if removal.names_nothing() {
        return Err(Failure::CommandLine(
            "say which runs to remove: their ids, --incomplete, --before DATE, --keep N or \
             --keep-megabytes N; --dry-run shows what would go"
                .to_owned(),
        ));
    }
    let named: Result<Vec<RunId>, _> = removal.runs.iter().map(|one| ledger.resolve(one)).collect();
    let mut named = named?;
    let most_bytes = removal.keep_megabytes.map_or(u64::MAX, |most| most.saturating_mul(1 << 20));
    let (mut kept, mut bytes) = (0, 0u64);
    let mut gone = Vec::new();
    for record in ledger.runs()?.runs {
        let by_name = named.contains(&record.id);
        named.retain(|id| *id != record.id);
        if !by_name {
            // What counts is the newest: once the room is used up, all that are older go.
            bytes = bytes.saturating_add(ledger.size(&record.id)?);
        }
        let goes = by_name
            || (removal.incomplete && !record.is_complete())
            || removal.before.is_some_and(|day| began(&record).is_some_and(|began| began < day))
            || removal.keep.is_some_and(|most| kept >= most)
            || bytes > most_bytes;
        if goes {
            let RunRecord { id, head, status, replicates, .. } = record;
            let what = format!("{}  {}, {replicates} worlds, {status}", head.created, head.title);
            gone.push(Gone { id, what });
        } else {
            kept += 1;
        }
    }
    // A run that cannot be read has no age, and goes only if it is named.
    let damaged = |id| Gone { id, what: "it cannot be read".to_owned() };
    gone.extend(named.into_iter().map(damaged));
    Ok(gone)
}

/// The day on which a run began, by its own word (UTC).
fn began(record: &RunRecord) -> Option<Date> {
    let moment: Timestamp = record.head.created.parse().ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date())
}

/// `1 run`, `3 runs`.
pub fn counted(runs: usize) -> String {
    format!("{runs} {}", if runs == 1 { "run" } else { "runs" })
}
