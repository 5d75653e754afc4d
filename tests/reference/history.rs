//! What happened to a programme under one option in one world, as plain facts.

use workcast::quantity::Day;

/// Everything that money and metrics rest on.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Each team, in file order.
    pub teams: Vec<TeamHistory>,
    /// Each locality, in file order.
    pub places: Vec<PlaceHistory>,
    /// Every use of an onward service, in the order in which they began.
    pub uses: Vec<Use>,
    /// Places that moved between localities.
    pub moves: Vec<Moved>,
}

/// A team's staff and work.
#[derive(Clone, Debug, Default)]
pub struct TeamHistory {
    /// When it works, in order: more than one where its provider failed and began again. Only those
    /// that are ready by the programme's last day.
    pub stints: Vec<Stint>,
    /// Every coach it had by the programme's last day.
    pub coaches: Vec<Coach>,
    /// The last day on which it works and is paid, at most the programme's last; while it has not
    /// stopped for good, the programme's last.
    pub works_until: Day,
    /// Every plan that its coaches agreed: the day and the locality.
    pub plans: Vec<(Day, usize)>,
}

/// A time during which a team works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// The day on which it is ready; may be before day 0.
    pub ready: Day,
    /// The day on which its provider fails, if that is within the programme. It does not work on it.
    pub fails: Option<Day>,
}

/// One coach in one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coach {
    /// Which of the team's posts.
    pub post: u32,
    /// First day in post; may be before day 0.
    pub from: Day,
    /// Last day in post, at most the programme's last, the post's end, or the day before a failure.
    pub to: Day,
    /// Where the coach comes from.
    pub comes: Comes,
}

/// Where a coach comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comes {
    /// Already there (`in_post_from`).
    There,
    /// Hired for the programme, or new with the team.
    Hired,
    /// From an agency, covering an empty post.
    Agency,
}

/// What happened to a locality's people, as days. People there on day 0 are among them, but not the
/// plans they had before it.
#[derive(Clone, Debug, Default)]
pub struct PlaceHistory {
    /// Each plan that counts.
    pub plans: Vec<Day>,
    /// Each person's first attended appointment that counts.
    pub starts: Vec<Day>,
    /// Each end of support within the programme with which somebody was in work.
    pub in_work: Vec<Day>,
    /// Of those, people who had no work at the start.
    pub found_work: Vec<Day>,
    /// The end of each sustainment period that was met, which may be after the programme.
    pub sustained: Vec<Day>,
}

/// One use of an onward service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Index of the service.
    pub service: usize,
    /// The locality that bears its cost.
    pub locality: usize,
    /// The day on which it begins.
    pub day: Day,
}

/// Places that a locality gained, or lost below 0, at a day's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The day.
    pub day: Day,
    /// The locality.
    pub locality: usize,
    /// How many.
    pub places: i64,
}
