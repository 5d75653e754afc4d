//! Recruitments and procurements: stages that run one after another.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::Only;
use super::super::section::Section;
use super::stress::FIRST_TRIES;
use super::{AGREED_ON, CONFIDENT, NOTE, OWNER, SOURCE};
use crate::model::programme::{Pipeline, Stage};
use crate::quantity::{Key, Uncertain, Unit};

/// Keys of `pipeline.P`.
pub const KEYS: &[Field] = &[
    Field::or(
        "pace",
        Shape::Leaf(Leaf::Uncertain(Unit::Number)),
        "1",
        "Multiplies every time of it: nobody knows how slow this council is.",
    ),
    Field::must("stage", Shape::Names("stage", &Shape::Table(STAGE)), "Its stages, in order."),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const STAGE: &[Field] = &[
    Field::must("takes", Shape::Leaf(Leaf::Varying), "How long one try takes."),
    Field::or("fails", Shape::Leaf(Leaf::Uncertain(Unit::Share)), "0%", "Chance that a try fails."),
    Field::may(
        "back_to",
        Shape::Leaf(Leaf::Name("stage")),
        "the stage itself",
        "The stage to which a failure sends the pipeline back.",
    ),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

impl<'a> Compiler<'a> {
    /// Checks the stages of every pipeline, used or not.
    pub fn check_pipelines(&mut self) {
        for (name, section) in self.root.named("pipeline") {
            let stages = self.stage_names(name);
            if section.is_empty("stage") {
                self.wrong(section.place("stage"), format!("the pipeline \"{name}\" has no stage"))
                    .help("write stage.award = { takes = \"3 weeks\" }");
            }
            for (index, (_, stage)) in section.named("stage").into_iter().enumerate() {
                let Some(back) = self.text(&stage, "back_to") else { continue };
                let at = stage.place("back_to");
                if self.index_of("stage", &back, &stages, at).is_some_and(|to| to > index) {
                    self.wrong(
                        at,
                        format!("a failure cannot send \"{name}\" forward to \"{back}\""),
                    )
                    .help("name this stage or an earlier one");
                }
            }
        }
    }

    /// The stages of a pipeline by its name, in order.
    pub fn stage_names(&self, pipeline: &str) -> Vec<String> {
        let named = self.root.named("pipeline");
        let found = named.iter().find(|(name, _)| *name == pipeline);
        let stages = found.map(|(_, section)| section.values("stage")).unwrap_or_default();
        stages.into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// The pipelines that something uses, by their indices.
    pub fn compile_pipelines(&mut self) -> Vec<Pipeline> {
        let used: Vec<String> = self.used.keys().cloned().collect();
        let named = self.root.named("pipeline");
        used.iter()
            .filter_map(|name| named.iter().find(|(candidate, _)| candidate == name))
            .map(|(name, section)| self.compile_pipeline(name, section))
            .collect()
    }

    fn compile_pipeline(&mut self, name: &str, section: &Section<'a>) -> Pipeline {
        let names = self.stage_names(name);
        let stages = section.named("stage");
        Pipeline {
            name: name.to_owned(),
            pace: self.uncertain(section, "pace"),
            stages: stages
                .into_iter()
                .enumerate()
                .map(|(index, (stage, section))| {
                    let back = self.text(&section, "back_to");
                    let back_to = back.and_then(|back| names.iter().position(|n| *n == back));
                    Stage {
                        name: stage.to_owned(),
                        key: Key::name(stage),
                        takes: self.varying(&section, "takes"),
                        fails: self.uncertain(&section, "fails"),
                        first_tries: self.first_tries(&section),
                        back_to: back_to.unwrap_or(index),
                    }
                })
                .collect(),
        }
    }

    /// Another chance of failing for the first tries, where a stress says so.
    fn first_tries(&mut self, section: &Section<'a>) -> Option<(u32, Uncertain)> {
        let found = section.found("fails")?;
        let changes = found.node.map_or(&[][..], |node| node.changes.as_slice());
        changes.iter().find_map(|change| match change.only {
            Only::FirstTries(tries) => {
                Some((tries, self.changed(&found, change, FIRST_TRIES, Unit::Share)))
            }
            _ => None,
        })
    }
}
