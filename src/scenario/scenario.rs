//! A scenario: what was written, and the programme that it means.

use std::path::Path as FilePath;
use std::sync::Arc;

use rayon::prelude::*;

use super::compile::Compiler;
use super::diagnostic::{Diagnostic, Diagnostics, Severity, place};
use super::entry::{Entry, entries};
use super::fair_share::FairShares;
use super::in_force::InForce;
use super::keys::{SCENARIO, programme, published, reading, stress, top};
use super::nearest::{listed, nearest};
use super::node::{Change, Node, Only, Set, Span, parse_value};
use super::overlay::{self, Edit};
use super::path::Path;
use super::published::Published;
use super::section::Section;
use super::source::{Reader, SourceFile, from_disk, load};
use super::{inherit, shape, takes, warn};
use crate::model::Programme;

/// The most stresses of one scenario.
const MOST_STRESSES: usize = 100;

/// A scenario that has been read and checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// The question it is to answer.
    pub question: Option<String>,
    /// What it means.
    pub programme: Programme,
    /// Figures printed elsewhere, to be set beside computed ones.
    pub published: Vec<Published>,
    /// Participants divided between the localities, if the scenario says how.
    pub fair_shares: Option<FairShares>,
    /// Actual over planned volume of like services.
    pub reference_class: Vec<(String, f64)>,
    /// Names of its stresses, in order.
    pub stresses: Vec<String>,
    /// What someone should look at.
    pub warnings: Diagnostics,
    files: Arc<Vec<SourceFile>>,
    read: usize,
    changes: Vec<String>,
    hash: String,
    tree: Node,
}

impl Scenario {
    /// Reads a scenario file and all that it extends.
    ///
    /// # Errors
    ///
    /// Every mistake in it, in file order.
    pub fn read(path: &FilePath) -> Result<Self, Diagnostics> {
        let name = path.to_string_lossy().replace('\\', "/");
        Self::load(&name, &from_disk)
    }

    /// Reads a scenario that extends nothing from its text; `name` stands for the file's path.
    ///
    /// # Errors
    ///
    /// Every mistake in it, in file order.
    pub fn from_text(name: &str, text: &str) -> Result<Self, Diagnostics> {
        Self::from_files(&[SourceFile { name: name.to_owned(), text: text.to_owned() }])
    }

    /// Reads a scenario from files as the ledger keeps them: first the scenario itself, then all
    /// that it inherits, by the names that [`Scenario::files`] gave them.
    ///
    /// # Errors
    ///
    /// Every mistake in them, in file order.
    pub fn from_files(files: &[SourceFile]) -> Result<Self, Diagnostics> {
        let reader = |name: &str| {
            let file = files.iter().find(|file| file.name == name);
            file.map(|file| file.text.clone()).ok_or_else(|| "there is no such file".to_owned())
        };
        match files.first() {
            Some(first) => Self::load(&first.name, &reader),
            None => Err(Diagnostics::new(
                Arc::new(Vec::new()),
                vec![Diagnostic::of_file("no scenario file is given")],
            )),
        }
    }

    fn load(name: &str, reader: Reader<'_>) -> Result<Self, Diagnostics> {
        let (mut files, mut reports) = (Vec::new(), Vec::new());
        let family = load(name, reader, &mut files, &mut reports);
        let files = Arc::new(files);
        let Some(family) = family else { return Err(Diagnostics::new(files, reports)) };
        let tree = inherit::resolve(family, &mut reports);
        let read = files.len();
        let scenario = Self::build(files, read, tree, Vec::new(), reports)?;
        scenario.every_stress_makes_sense()?;
        Ok(scenario)
    }

    /// Checks a tree and compiles it.
    fn build(
        files: Arc<Vec<SourceFile>>,
        read: usize,
        tree: Node,
        changes: Vec<String>,
        mut reports: Vec<Diagnostic>,
    ) -> Result<Self, Diagnostics> {
        shape::check(&tree, SCENARIO, &Path::default(), &mut reports);
        let root = Section::root(top(), &tree);
        let readings = reading::overlaid(&tree, &mut reports);
        let compiled = compile(&root, &readings, changes.is_empty(), &mut reports);
        // Under a stress, the paths of the others have been tried already.
        let stresses = if changes.is_empty() { root.values("stress") } else { Vec::new() };
        if stresses.len() > MOST_STRESSES {
            let message = format!("at most {MOST_STRESSES} stresses, not {}", stresses.len());
            reports.push(Diagnostic::error(root.place("stress"), message));
        }
        for (_, stress) in stresses.into_iter().take(MOST_STRESSES) {
            // A broken change is reported by the shape's check; here only paths are tried.
            let edits = overlay::edits(stress, &mut Vec::new());
            overlay::apply(&mut tree.clone(), &edits, "this stress", &mut reports);
        }
        let (mut errors, warnings): (Vec<_>, Vec<_>) =
            reports.into_iter().partition(|report| report.severity == Severity::Error);
        errors.iter_mut().for_each(|error| takes::tell(error, &tree, SCENARIO));
        let Some(compiled) = compiled.filter(|_| errors.is_empty()) else {
            return Err(Diagnostics::new(files, errors));
        };
        let text = |key: &str| root.stated(key).and_then(Node::text).map(str::to_owned);
        let number = |node: &Node| super::units::scalar(node, crate::quantity::Unit::Number);
        let reference = root.values("reference_class").into_iter();
        Ok(Scenario {
            title: text("title").unwrap_or_default(),
            question: text("question"),
            programme: compiled.programme,
            published: compiled.published,
            fair_shares: compiled.fair_shares,
            reference_class: reference
                .filter_map(|(name, node)| Some((name.to_owned(), number(node).ok()?)))
                .collect(),
            stresses: stress::names(&root),
            warnings: Diagnostics::new(Arc::clone(&files), warnings),
            hash: hash(&files[..read], &changes),
            files,
            read,
            changes,
            tree,
        })
    }

    /// Every file that was read, the scenario's own first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files[..self.read]
    }

    /// What was put over what the files say: `stress "The provider leaves"`, `PATH = value`.
    pub fn changes(&self) -> &[String] {
        &self.changes
    }

    /// The hash of all that was read, and of the stress or values put over it: BLAKE3 in hex, over
    /// the files' texts in the order in which they were read (their names do not count).
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What is stated at a path.
    pub(super) fn stated(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(&self.tree, |node, key| node.get(key))
    }

    /// The quantities that it states, with what stands beside them.
    pub fn assumptions(&self) -> Vec<InForce> {
        let quantities = self.entries().into_iter().filter(Entry::is_quantity);
        let stated = quantities.filter_map(|entry| {
            let at = entry.at?;
            Some(InForce::new(entry, Some(self.place(at))))
        });
        stated.collect()
    }

    /// Every value in force, stated or not.
    pub(super) fn entries(&self) -> Vec<Entry> {
        entries(&self.tree)
    }

    /// `scenarios/bury.toml:17`.
    pub(super) fn place(&self, span: Span) -> String {
        place(&self.files, span)
    }

    /// Whether a place stands in the scenario's own file, or was given on the command line.
    pub(super) fn is_own(&self, span: Span) -> bool {
        span.file == 0 || span.file >= self.read
    }

    /// The scenario under one of its stresses.
    ///
    /// # Errors
    ///
    /// Where there is no such stress, or the scenario makes no sense under it.
    pub fn stressed(&self, stress: &str) -> Result<Self, Diagnostics> {
        let Some(node) = self.tree.get("stress").and_then(|all| all.get(stress)) else {
            return Err(self.no_such_stress(stress));
        };
        let mut reports = Vec::new();
        let edits = overlay::edits(node, &mut reports);
        let mut tree = self.tree.clone();
        overlay::apply(&mut tree, &edits, "this stress", &mut reports);
        let mut changes = self.changes.clone();
        changes.push(format!("stress \"{stress}\""));
        Self::build(Arc::clone(&self.files), self.read, tree, changes, reports)
    }

    fn no_such_stress(&self, stress: &str) -> Diagnostics {
        let names = || self.stresses.iter().map(String::as_str);
        let mut report = Diagnostic::of_file(format!("there is no stress \"{stress}\""));
        if let Some(meant) = nearest(stress, names()) {
            report.help(format!("did you mean \"{meant}\"?"));
        }
        let known = match self.stresses.is_empty() {
            true => "this scenario has no [stress]".to_owned(),
            false => format!("there is: {}", listed(names())),
        };
        Diagnostics::new(Arc::clone(&self.files), vec![report.with_help(known)])
    }

    /// The scenario with other values at these paths; a value is written as in the file, and quotes
    /// may be left out: `12 weeks`, `open tender`, `8`.
    ///
    /// # Errors
    ///
    /// Where a path matches nothing, or the scenario makes no sense with these values.
    pub fn with_values(&self, values: &[(String, String)]) -> Result<Self, Diagnostics> {
        let mut files = self.files.as_ref().clone();
        let file = files.len();
        let mut text = String::new();
        let mut edits = Vec::new();
        let mut changes = self.changes.clone();
        for (path, value) in values {
            let start = text.len();
            text.push_str(&format!("{path} = {value}\n"));
            let path_at = Span { file, start, end: start + path.len() };
            let at = Span { file, start: path_at.end + 3, end: path_at.end + 3 + value.len() };
            let set = Set::To(Box::new(parse_value(value, at)));
            let change = Change { set, only: Only::Always, at };
            edits.push(Edit { path: path.clone(), path_at, change });
            changes.push(format!("{path} = {value}"));
        }
        files.push(SourceFile { name: "the command line".to_owned(), text });
        let mut reports = Vec::new();
        let mut tree = self.tree.clone();
        overlay::apply(&mut tree, &edits, "the command line", &mut reports);
        if !reports.is_empty() {
            return Err(Diagnostics::new(Arc::new(files), reports));
        }
        Self::build(Arc::new(files), self.read, tree, changes, reports)
    }

    /// Tries every stress, so that its mistakes are found before the first world is drawn.
    fn every_stress_makes_sense(&self) -> Result<(), Diagnostics> {
        // Each is a whole scenario, and trying them one after another was half of a short run's time.
        let tried = self.stresses.par_iter().map(|stress| match self.stressed(stress) {
            Ok(_) => Vec::new(),
            Err(wrong) => {
                let help = format!("this is so under the stress \"{stress}\"");
                wrong.iter().cloned().map(|report| report.with_help(help.clone())).collect()
            }
        });
        let reports: Vec<Diagnostic> = tried.flatten().collect();
        if reports.is_empty() {
            return Ok(());
        }
        Err(Diagnostics::new(Arc::clone(&self.files), reports))
    }
}

struct Compiled {
    programme: Programme,
    published: Vec<Published>,
    fair_shares: Option<FairShares>,
}

/// The programme that a tree means; reports say what makes no sense. `whole`: what takes a replicate
/// to see is looked at too; under a stress it has been already.
fn compile<'a>(
    root: &Section<'a>,
    readings: &'a [reading::Overlaid],
    whole: bool,
    reports: &mut Vec<Diagnostic>,
) -> Option<Compiled> {
    let calendar = programme::calendar(root, reports);
    let mut compiler = Compiler::new(root.clone(), calendar, programme::any_calendar()?);
    let table = root.table("programme");
    let last = compiler.calendar.last();
    let last_referral = compiler.within(&table, "last_referral", last);
    let funding = compiler.funding(&root.table("funding"));
    let fair_shares = compiler.fair_shares();
    let localities = compiler.compile_localities(&funding, fair_shares.as_ref());
    let central = compiler.central(&funding, &localities);
    let cohorts = compiler.compile_cohorts();
    let attributes = compiler.compile_attributes();
    let services = compiler.compile_services();
    let crossed = compiler.crossed();
    compiler.check_pipelines();
    let options = compiler.compile_options();
    let pipelines = compiler.compile_pipelines();
    let readings = compiler.readings(readings, &localities, reports);
    compiler.one_gap_each(&options);
    let groups = compiler.groups();
    let mut published = compiler.published();
    let figures = compiler.published_figures();
    let programme = Programme {
        name: compiler.text(&table, "name").unwrap_or_default(),
        calendar: compiler.calendar.clone(),
        last_referral,
        funding,
        targets: compiler.targets(),
        moving_places: compiler.moving_places(),
        readings,
        central,
        inputs: std::mem::take(&mut compiler.inputs),
        groups,
        cohorts,
        attributes,
        crossed,
        services,
        pipelines,
        published: published::counts(&compiler.localities, &figures),
        localities,
        options,
    };
    let sound = compiler.dated
        && !compiler.reports.iter().chain(reports.iter()).any(|r| r.severity == Severity::Error);
    if sound {
        warn::look(&mut compiler, &programme);
        let affordable = compiler.reports.iter().all(|r| r.severity != Severity::Error);
        if whole && affordable {
            compiler.published_metrics(&programme, &figures);
        }
    }
    published.extend(figures.into_iter().map(|figure| figure.published));
    reports.append(&mut compiler.reports);
    Some(Compiled { programme, published, fair_shares })
}

fn hash(files: &[SourceFile], changes: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    let texts = files.iter().map(|file| file.text.as_str());
    for text in texts.chain(changes.iter().map(String::as_str)) {
        // With its length before it, no text can run into the next.
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
