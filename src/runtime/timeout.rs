//! How long a call may take.

use std::time::{Duration, Instant};

/// How long a call may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timeout {
    /// 30 seconds.
    #[default]
    Default,
    /// This long; zero means: do not wait.
    After(Duration),
    /// As long as it takes. For waiting on events and operations; a request to a server that is
    /// given this has the default.
    Infinite,
}

impl Timeout {
    /// What [`Timeout::Default`] stands for.
    pub const DEFAULT: Duration = Duration::from_secs(30);

    /// The longest wait that is still a number, about a century; clocks cannot add much more.
    const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

    /// The moment at which it has passed; `None` for never.
    pub(crate) fn deadline(self) -> Option<Instant> {
        match self {
            Timeout::Default => Some(Instant::now() + Self::DEFAULT),
            Timeout::After(wait) => Some(Instant::now() + wait.min(Self::LONGEST)),
            Timeout::Infinite => None,
        }
    }

    /// The length for something that must end by itself.
    pub(crate) fn bounded(self) -> Duration {
        match self {
            Timeout::Default | Timeout::Infinite => Self::DEFAULT,
            Timeout::After(wait) => wait.min(Self::LONGEST),
        }
    }

    /// Whether the call may return only at once.
    pub(crate) fn is_zero(self) -> bool {
        self == Timeout::After(Duration::ZERO)
    }
}

impl From<Duration> for Timeout {
    fn from(wait: Duration) -> Self {
        Timeout::After(wait)
    }
}
