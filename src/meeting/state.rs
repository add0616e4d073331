//! Where a meeting stands.

/// Where a meeting stands. Numbers are those of C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(i32)]
pub enum MeetingState {
    /// Made, not joined.
    Initialised = 1,
    /// Joining.
    Connecting = 2,
    /// Waits until somebody in the room lets it in.
    WaitingEntry = 3,
    /// In the room.
    Connected = 4,
    /// Lost the connection and is making a new one.
    Reconnecting = 5,
    /// Leaving.
    Leaving = 6,
    /// Has left; the end.
    Left = 7,
    /// Could not join or lost the connection for good.
    Failed = 8,
}

impl MeetingState {
    /// Every state, in the order of declaration.
    pub const ALL: &[MeetingState] = &[
        MeetingState::Initialised,
        MeetingState::Connecting,
        MeetingState::WaitingEntry,
        MeetingState::Connected,
        MeetingState::Reconnecting,
        MeetingState::Leaving,
        MeetingState::Left,
        MeetingState::Failed,
    ];

    /// Its stable name, e.g. `INITIALISED`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MeetingState::Initialised => "INITIALISED",
            MeetingState::Connecting => "CONNECTING",
            MeetingState::WaitingEntry => "WAITING_ENTRY",
            MeetingState::Connected => "CONNECTED",
            MeetingState::Reconnecting => "RECONNECTING",
            MeetingState::Leaving => "LEAVING",
            MeetingState::Left => "LEFT",
            MeetingState::Failed => "FAILED",
        }
    }
}
