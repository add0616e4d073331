use crate::media::negotiation::{AudioProfile, BitrateMode, Codec, Kind, ScreenShareProfile};

/// Every value is found by its number and by its name; both are what apps have stored.
macro_rules! check {
    ($choice:ident, $($number:literal $name:literal),+) => {
        let table = [$(($number, $name)),+];
        assert_eq!($choice::ALL.len(), table.len());
        for (value, (number, name)) in $choice::ALL.iter().zip(table) {
            assert_eq!((*value as i32, value.name()), (number, name));
            assert_eq!($choice::from_number(number).unwrap(), *value);
            assert_eq!($choice::from_name(name).unwrap(), *value);
        }
        assert!($choice::from_number(0).is_err());
        assert!($choice::from_name("").is_err());
    };
}

#[test]
fn numbers_and_names_stay() {
    check!(Kind, 1 "audio", 2 "video");
    check!(Codec, 1 "opus", 2 "PCMU", 3 "PCMA", 4 "G722", 5 "VP8", 6 "H264", 7 "VP9", 8 "AV1");
    check!(BitrateMode, 1 "bandwidth_optimized", 2 "balanced", 3 "high_quality");
    check!(
        ScreenShareProfile, 1 "h360p_30fps", 2 "h480p_15fps", 3 "h480p_30fps", 4 "h720p_5fps",
        5 "h720p_15fps", 6 "h720p_30fps", 7 "h1080p_15fps", 8 "h1080p_30fps"
    );
    check!(
        AudioProfile, 1 "speech_low_quality", 2 "speech_standard", 3 "music_standard",
        4 "standard_stereo", 5 "high_quality", 6 "high_quality_stereo"
    );
}
