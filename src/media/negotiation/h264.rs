//! Profiles of H.264 as RFC 6184 (section 8.1, table 5) tells them apart.

/// The profiles that are sent and received here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Profile {
    /// What every client can decode.
    ConstrainedBaseline,
    /// The same with tools for lossy networks, which encoders for calls leave alone.
    Baseline,
}

impl Profile {
    /// The profile of a `profile-level-id`, unless it is another or none. Without one it is, as
    /// all WebRTC clients take it, constrained baseline.
    pub(super) fn of(profile_level_id: Option<&str>) -> Option<Self> {
        let Some(text) = profile_level_id else {
            return Some(Self::ConstrainedBaseline);
        };
        if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(text, 16).ok()?;
        let (profile, constraints) = (number >> 16, (number >> 8) & 0xff);
        // The lowest four constraint bits are reserved and zero in all of these.
        if constraints & 0x0f != 0 {
            return None;
        }
        let is_set = |constraint: u32| constraints & (0x80 >> constraint) != 0;
        match profile {
            0x42 if is_set(1) => Some(Self::ConstrainedBaseline),
            0x42 => Some(Self::Baseline),
            0x4d if is_set(0) => Some(Self::ConstrainedBaseline),
            0x58 if is_set(0) && is_set(1) => Some(Self::ConstrainedBaseline),
            0x58 if is_set(0) => Some(Self::Baseline),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_told_apart_by_their_constraints_and_whatever_the_level() {
        use Profile::{Baseline, ConstrainedBaseline};
        for (id, profile) in [
            ("42e01f", Some(ConstrainedBaseline)),
            ("42E034", Some(ConstrainedBaseline)),
            ("42c00a", Some(ConstrainedBaseline)),
            ("4d8020", Some(ConstrainedBaseline)),
            ("58c01f", Some(ConstrainedBaseline)),
            ("42001f", Some(Baseline)),
            ("42a01f", Some(Baseline)),
            ("58801f", Some(Baseline)),
            ("58001f", None),
            ("42e11f", None),
            ("4d001f", None),
            ("640c1f", None),
            ("640032", None),
            ("42e0", None),
            ("42e01f00", None),
            ("+2e01f", None),
            ("é2e0f", None),
            ("", None),
        ] {
            assert_eq!(Profile::of(Some(id)), profile, "{id}");
        }
        assert_eq!(Profile::of(None), Some(ConstrainedBaseline));
    }
}
