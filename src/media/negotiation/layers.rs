//! How a picture is split into layers, and what each may cost.

use serde_json::{Map, Value, json};

use super::producer::scale;
use crate::choice::choice;

choice! {
    /// What bit rates aim at.
    BitrateMode, "bitrate mode" {
        /// Little bandwidth.
        BandwidthOptimized = 1, "bandwidth_optimized";
        /// Between the two.
        Balanced = 2, "balanced";
        /// A good picture.
        HighQuality = 3, "high_quality";
    }
}

choice! {
    /// The height and rate of a shared screen.
    ScreenShareProfile, "screen share profile" {
        /// 640 x 360, 30 pictures per second.
        H360Fps30 = 1, "h360p_30fps";
        /// 720 x 480, 15 pictures per second.
        H480Fps15 = 2, "h480p_15fps";
        /// 720 x 480, 30 pictures per second.
        H480Fps30 = 3, "h480p_30fps";
        /// 1280 x 720, 5 pictures per second.
        H720Fps5 = 4, "h720p_5fps";
        /// 1280 x 720, 15 pictures per second.
        H720Fps15 = 5, "h720p_15fps";
        /// 1280 x 720, 30 pictures per second.
        H720Fps30 = 6, "h720p_30fps";
        /// 1920 x 1080, 15 pictures per second.
        H1080Fps15 = 7, "h1080p_15fps";
        /// 1920 x 1080, 30 pictures per second.
        H1080Fps30 = 8, "h1080p_30fps";
    }
}

/// One layer of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layer {
    /// `q`, `h` or `f`, the lowest first, as `appData` tells it.
    pub(crate) rid_name: &'static str,
    /// What width and height are divided by; none leaves them.
    pub(crate) scale: Option<f64>,
    /// In kilobits per second; none leaves it to the estimate.
    pub(crate) max_kbps: Option<u32>,
    /// In pictures per second.
    pub(crate) max_fps: Option<u32>,
}

const NAMES: [&str; 3] = ["q", "h", "f"];

/// A size of picture, and how it is split.
struct Profile {
    width: u32,
    height: u32,
    /// For the modes in the order of their numbers.
    kbps: [u32; 3],
    fps: u32,
    /// The lower layers and the whole one; none where one layer is all.
    split: &'static [Step],
}

/// A layer of a profile: the divisor, the width of the profile whose bit rate it takes, and the
/// limit of pictures where there is one.
type Step = (f64, u32, Option<u32>);

const fn profile(
    (width, height): (u32, u32),
    kbps: [u32; 3],
    fps: u32,
    split: &'static [Step],
) -> Profile {
    Profile {
        width,
        height,
        kbps,
        fps,
        split,
    }
}

/// 16:9, the smallest first.
const WIDE: &[Profile] = &[
    profile((160, 90), [60, 100, 150], 15, &[]),
    profile((320, 180), [100, 150, 250], 15, &[]),
    profile((384, 216), [120, 200, 350], 15, &[]),
    profile(
        (640, 360),
        [200, 400, 600],
        20,
        &[(2.0, 320, None), (1.0, 640, None)],
    ),
    profile(
        (960, 540),
        [350, 550, 800],
        25,
        &[
            (3.0, 320, Some(15)),
            (1.5, 640, Some(20)),
            (1.0, 960, Some(25)),
        ],
    ),
    profile(
        (1280, 720),
        [1000, 1500, 2000],
        30,
        &[
            (4.0, 320, Some(15)),
            (2.0, 640, Some(20)),
            (1.0, 1280, Some(30)),
        ],
    ),
    profile(
        (1920, 1080),
        [1600, 2200, 2700],
        30,
        &[
            (3.0, 640, Some(20)),
            (2.0, 960, Some(25)),
            (1.0, 1920, Some(30)),
        ],
    ),
    profile(
        (2560, 1440),
        [5000, 5500, 6000],
        30,
        &[(4.0, 640, None), (2.0, 1280, None), (1.0, 2560, None)],
    ),
    profile(
        (3840, 2160),
        [8000, 8500, 9000],
        30,
        &[(4.0, 960, Some(25)), (2.0, 1920, None), (1.0, 3840, None)],
    ),
];

/// 4:3, the smallest first.
const TALL: &[Profile] = &[
    profile((160, 120), [60, 100, 150], 15, &[]),
    profile((192, 144), [60, 100, 150], 15, &[]),
    profile((240, 180), [100, 150, 250], 15, &[]),
    profile((320, 240), [120, 200, 350], 15, &[]),
    profile(
        (480, 360),
        [200, 400, 600],
        20,
        &[(2.0, 240, None), (1.0, 480, None)],
    ),
    profile(
        (640, 480),
        [300, 500, 700],
        25,
        &[(2.667, 240, None), (1.0, 640, None)],
    ),
    profile(
        (720, 540),
        [350, 550, 800],
        30,
        &[(3.0, 240, None), (1.0, 720, Some(30))],
    ),
    profile(
        (960, 720),
        [900, 1300, 1600],
        30,
        &[(4.0, 240, None), (2.0, 480, None), (1.0, 960, None)],
    ),
    profile(
        (1440, 1080),
        [1600, 2200, 2700],
        30,
        &[(3.0, 480, None), (2.0, 720, None), (1.0, 1440, None)],
    ),
    profile(
        (1920, 1440),
        [3500, 4000, 4500],
        30,
        &[(4.0, 480, None), (2.0, 960, None), (1.0, 1920, None)],
    ),
];

/// The layers of a camera picture of that size, upright ones too, the lowest first; never none.
///
/// Other sizes than those of the official profiles count as the next smaller one of the nearer
/// aspect ratio. Of more layers than `max_layers` the middle one goes first.
pub(crate) fn camera_layers(
    (width, height): (u32, u32),
    mode: BitrateMode,
    max_layers: usize,
    multi_stream: bool,
) -> Vec<Layer> {
    let (long, short) = (width.max(height), width.min(height));
    // 14:9 lies in the middle between the two.
    let is_wide = u64::from(long) * 9 > u64::from(short) * 14;
    let class = if is_wide { WIDE } else { TALL };
    let fits = |it: &&Profile| it.width <= long && it.height <= short;
    let profile = class.iter().rev().find(fits).unwrap_or(&class[0]);
    let kbps = |profile: &Profile| profile.kbps[mode as usize - 1];

    let mut split = profile.split.to_vec();
    if split.len() == 3 && max_layers == 2 {
        split.remove(1);
    }
    if split.is_empty() || split.len() > max_layers || !multi_stream {
        return vec![Layer {
            rid_name: NAMES[0],
            scale: None,
            max_kbps: Some(kbps(profile)),
            max_fps: Some(profile.fps),
        }];
    }
    let layers = split.into_iter().zip(NAMES);
    layers
        .map(|((scale, width, max_fps), rid_name)| Layer {
            rid_name,
            scale: Some(scale),
            max_kbps: class.iter().find(|it| it.width == width).map(kbps),
            max_fps,
        })
        .collect()
}

/// The layers of a shared screen; without a profile one that only the estimate limits.
///
/// All layers have the full size, and their bit rates fall: so do those of the official clients.
pub(crate) fn screen_share_layers(
    profile: Option<ScreenShareProfile>,
    multi_stream: bool,
) -> Vec<Layer> {
    let layer = |rid_name, max_kbps, max_fps| Layer {
        rid_name,
        scale: None,
        max_kbps,
        max_fps: Some(max_fps),
    };
    let Some(profile) = profile else {
        return vec![layer(NAMES[0], None, 30)];
    };
    let (kbps, fps) = match profile {
        ScreenShareProfile::H360Fps30 => ([400, 200, 100], 30),
        ScreenShareProfile::H480Fps15 => ([300, 150, 75], 15),
        ScreenShareProfile::H480Fps30 => ([500, 250, 125], 30),
        ScreenShareProfile::H720Fps5 => ([400, 200, 100], 5),
        ScreenShareProfile::H720Fps15 => ([1000, 500, 250], 15),
        ScreenShareProfile::H720Fps30 => ([1500, 750, 375], 30),
        ScreenShareProfile::H1080Fps15 => ([1500, 750, 300], 15),
        ScreenShareProfile::H1080Fps30 => ([2000, 1000, 500], 30),
    };
    let count = if multi_stream { kbps.len() } else { 1 };
    let layers = NAMES.into_iter().zip(kbps).take(count);
    layers
        .map(|(name, kbps)| layer(name, Some(kbps), fps))
        .collect()
}

/// What `produce.appData` says of a camera, so that receivers can choose a layer by its size.
pub(crate) fn camera_app_data(layers: &[Layer], (width, height): (u32, u32)) -> Map<String, Value> {
    let is_simulcast = layers.len() > 1;
    let encoding = |layer: &Layer| {
        let fields = [
            ("rid", is_simulcast.then(|| layer.rid_name.into())),
            ("scaleResolutionDownBy", layer.scale.map(scale)),
            (
                "maxBitrate",
                layer.max_kbps.map(|kbps| (kbps * 1000).into()),
            ),
            ("maxFramerate", layer.max_fps.map(Value::from)),
        ];
        let given = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(given.collect())
    };
    let encodings: Vec<Value> = layers.iter().map(encoding).collect();
    let fields = [
        ("encodings", json!(encodings)),
        ("width", width.into()),
        ("height", height.into()),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}
