use serde_json::{Value, json};

use crate::media::negotiation::{
    BitrateMode, Layer, ScreenShareProfile, camera_app_data, camera_layers, screen_share_layers,
};

/// E.g. `q/4/150/15 h/2/400/20`; what is not set is a dash.
fn text(layers: &[Layer]) -> String {
    let one = |it: &Layer| {
        let scale = it.scale.map_or("-".to_owned(), |scale| scale.to_string());
        let number = |it: Option<u32>| it.map_or("-".to_owned(), |number| number.to_string());
        format!(
            "{}/{scale}/{}/{}",
            it.rid_name,
            number(it.max_kbps),
            number(it.max_fps)
        )
    };
    layers.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_official_size_has_the_official_layers() {
    for (size, expected) in [
        ((160, 90), "q/-/100/15"),
        ((320, 180), "q/-/150/15"),
        ((384, 216), "q/-/200/15"),
        ((640, 360), "q/2/150/- h/1/400/-"),
        ((960, 540), "q/3/150/15 h/1.5/400/20 f/1/550/25"),
        ((1280, 720), "q/4/150/15 h/2/400/20 f/1/1500/30"),
        ((1920, 1080), "q/3/400/20 h/2/550/25 f/1/2200/30"),
        ((2560, 1440), "q/4/400/- h/2/1500/- f/1/5500/-"),
        ((3840, 2160), "q/4/550/25 h/2/2200/- f/1/8500/-"),
        ((160, 120), "q/-/100/15"),
        ((192, 144), "q/-/100/15"),
        ((240, 180), "q/-/150/15"),
        ((320, 240), "q/-/200/15"),
        ((480, 360), "q/2/150/- h/1/400/-"),
        ((640, 480), "q/2.667/150/- h/1/500/-"),
        ((720, 540), "q/3/150/- h/1/550/30"),
        ((960, 720), "q/4/150/- h/2/400/- f/1/1300/-"),
        ((1440, 1080), "q/3/400/- h/2/550/- f/1/2200/-"),
        ((1920, 1440), "q/4/400/- h/2/1300/- f/1/4000/-"),
    ] {
        let layers = camera_layers(size, BitrateMode::Balanced, 3, true);
        assert_eq!(text(&layers), expected, "{size:?}");
        let upright = camera_layers((size.1, size.0), BitrateMode::Balanced, 3, true);
        assert_eq!(upright, layers);
    }
}

#[test]
fn modes_limits_and_single_streams_are_the_official_ones() {
    use BitrateMode::{Balanced, BandwidthOptimized, HighQuality};
    for (mode, max_layers, multi_stream, expected) in [
        (
            BandwidthOptimized,
            3,
            true,
            "q/4/100/15 h/2/200/20 f/1/1000/30",
        ),
        (HighQuality, 3, true, "q/4/250/15 h/2/600/20 f/1/2000/30"),
        (Balanced, 9, true, "q/4/150/15 h/2/400/20 f/1/1500/30"),
        (Balanced, 2, true, "q/4/150/15 h/1/1500/30"),
        (Balanced, 1, true, "q/-/1500/30"),
        (Balanced, 0, true, "q/-/1500/30"),
        (Balanced, 3, false, "q/-/1500/30"),
    ] {
        let layers = camera_layers((1280, 720), mode, max_layers, multi_stream);
        assert_eq!(text(&layers), expected);
    }
    assert_eq!(
        text(&camera_layers((640, 360), Balanced, 1, true)),
        "q/-/400/20"
    );
}

#[test]
fn other_sizes_take_the_next_smaller_one_of_the_nearer_aspect_ratio() {
    let same = |size, as_size| {
        let layers = |size| camera_layers(size, BitrateMode::Balanced, 3, true);
        assert_eq!(layers(size), layers(as_size), "{size:?}");
    };
    same((1279, 720), (960, 540));
    same((1280, 600), (960, 540));
    same((1920, 1088), (1920, 1080));
    same((7680, 4320), (3840, 2160));
    same((1000, 1000), (960, 720));
    same((720, 480), (640, 480));
    same((800, 600), (720, 540));
    same((64, 48), (160, 120));
    same((1, 0), (160, 90));
    same((u32::MAX, u32::MAX), (1920, 1440));
}

#[test]
fn shared_screens_have_the_official_rates() {
    assert_eq!(text(&screen_share_layers(None, true)), "q/-/-/30");
    for (name, rates, fps) in [
        ("h360p_30fps", [400, 200, 100], 30),
        ("h480p_15fps", [300, 150, 75], 15),
        ("h480p_30fps", [500, 250, 125], 30),
        ("h720p_5fps", [400, 200, 100], 5),
        ("h720p_15fps", [1000, 500, 250], 15),
        ("h720p_30fps", [1500, 750, 375], 30),
        ("h1080p_15fps", [1500, 750, 300], 15),
        ("h1080p_30fps", [2000, 1000, 500], 30),
    ] {
        let profile = Some(ScreenShareProfile::from_name(name).unwrap());
        let [high, medium, low] = rates;
        let all = format!("q/-/{high}/{fps} h/-/{medium}/{fps} f/-/{low}/{fps}");
        assert_eq!(text(&screen_share_layers(profile, true)), all);
        assert_eq!(
            text(&screen_share_layers(profile, false)),
            format!("q/-/{high}/{fps}")
        );
    }
}

#[test]
fn receivers_are_told_of_fractions_and_of_one_layer_without_a_name() {
    let app_data = |size, multi_stream| {
        let layers = camera_layers(size, BitrateMode::Balanced, 3, multi_stream);
        Value::Object(camera_app_data(&layers, size))
    };
    assert_eq!(
        app_data((640, 480), true)["encodings"],
        json!([
            {"rid": "q", "scaleResolutionDownBy": 2.667, "maxBitrate": 150_000},
            {"rid": "h", "scaleResolutionDownBy": 1, "maxBitrate": 500_000},
        ])
    );
    assert_eq!(
        app_data((640, 480), false),
        json!({"encodings": [{"maxBitrate": 500_000, "maxFramerate": 25}], "width": 640, "height": 480})
    );
}
