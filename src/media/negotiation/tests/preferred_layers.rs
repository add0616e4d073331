//! Which layer is asked for, as a table.

use serde_json::{Value, json};

use super::super::{
    BitrateMode, ConsumerParameters, LayerChoice, LayerWish, PreferredLayers, camera_app_data,
    camera_layers,
};
use super::{captured, changed};

/// Of a picture with so many layers, of which its sender says that.
fn choice((spatial, temporal): (u8, u8), app_data: &Value) -> LayerChoice {
    let parameters = captured("/javascript/consumerOfSimulcast/rtpParameters");
    let mode = json!(format!("S{spatial}T{temporal}"));
    let parameters = changed(&parameters, "/encodings/0/scalabilityMode", mode);
    LayerChoice::new(&ConsumerParameters::read(&parameters).unwrap(), app_data)
}

fn camera(size: (u32, u32)) -> Value {
    let layers = camera_layers(size, BitrateMode::Balanced, 3, true);
    Value::Object(camera_app_data(&layers, size))
}

fn viewport(width: u32, height: u32) -> LayerWish {
    LayerWish::Viewport { width, height }
}

fn layers(spatial: u8, temporal: u8) -> PreferredLayers {
    PreferredLayers { spatial, temporal }
}

/// What is asked for first when it is shown in that size.
fn first(counts: (u8, u8), app_data: &Value, (width, height): (u32, u32)) -> Option<(u8, u8)> {
    let mut choice = choice(counts, app_data);
    choice.set_wish(viewport(width, height));
    choice.due().map(|due| (due.spatial, due.temporal))
}

#[test]
fn the_smallest_layer_that_covers_the_viewport_is_asked_for() {
    // 320 x 180, 640 x 360 and 1280 x 720.
    for (shown, spatial) in [
        ((0, 0), 0),
        ((1, 1), 0),
        ((320, 180), 0),
        ((321, 180), 1),
        ((320, 181), 1),
        ((0, 360), 1),
        ((640, 360), 1),
        ((300, 400), 2),
        ((641, 0), 2),
        ((1280, 720), 2),
        ((1920, 1080), 2),
        ((u32::MAX, u32::MAX), 2),
    ] {
        let found = first((3, 3), &camera((1280, 720)), shown);
        assert_eq!(found, Some((spatial, 2)), "{shown:?}");
    }
    // 240 x 180, by a factor of 2.667, and 640 x 480.
    assert_eq!(first((2, 3), &camera((640, 480)), (240, 180)), Some((0, 2)));
    // Upright: 180 x 320 to 720 x 1280.
    let upright = camera((720, 1280));
    assert_eq!(first((3, 3), &upright, (180, 320)), Some((0, 2)));
    assert_eq!(first((3, 3), &upright, (320, 180)), Some((1, 2)));
}

#[test]
fn what_the_service_has_bounds_what_is_asked_for() {
    let told = camera((1280, 720));
    for (counts, shown, expected) in [
        ((2, 3), (1280, 720), Some((1, 2))),
        ((2, 1), (640, 360), Some((1, 0))),
        ((3, 2), (320, 180), Some((0, 1))),
        // More than the sender tells of.
        ((4, 3), (2000, 2000), Some((3, 2))),
        ((4, 3), (1280, 720), Some((2, 2))),
        // Nothing to choose from.
        ((1, 3), (1, 1), None),
        ((1, 1), (1280, 720), None),
    ] {
        assert_eq!(
            first(counts, &told, shown),
            expected,
            "{counts:?} {shown:?}"
        );
    }
}

#[test]
fn without_sizes_the_highest_layer_is_asked_for() {
    let told = camera((1280, 720));
    let mut too_many = told.clone();
    too_many["encodings"] = json!(vec![json!({}); 1000]);
    for app_data in [
        json!(null),
        json!({}),
        json!([]),
        changed(&told, "/width", json!(null)),
        changed(&told, "/height", json!("720")),
        changed(&told, "/width", json!(0)),
        changed(&told, "/height", json!(-720)),
        changed(&told, "/width", json!(1e300)),
        changed(&told, "/encodings", json!({})),
        changed(&told, "/encodings", json!([])),
        changed(&told, "/encodings/0/scaleResolutionDownBy", json!(0)),
        changed(&told, "/encodings/0/scaleResolutionDownBy", json!(-4)),
        changed(&told, "/encodings/0/scaleResolutionDownBy", json!("4")),
        too_many,
    ] {
        assert_eq!(first((3, 3), &app_data, (1, 1)), Some((2, 2)), "{app_data}");
    }
    let unscaled = json!({"width": 640, "height": 360, "encodings": [{}, {}, {}]});
    let best = first((3, 3), &unscaled, (1, 1));
    assert_eq!(best, Some((2, 2)), "all are of one size");
    let descending = json!({"width": 640, "height": 360, "encodings": [
        {"scaleResolutionDownBy": 1}, {"scaleResolutionDownBy": 4}, {"scaleResolutionDownBy": 2},
    ]});
    assert_eq!(first((3, 3), &descending, (300, 100)), Some((2, 2)));
}

#[test]
fn the_service_is_asked_once_and_the_last_wish_holds() {
    let mut choice = choice((3, 3), &camera((1280, 720)));
    assert_eq!(choice.due(), None, "nothing is wanted");
    let mut step = |wish: LayerWish, expected: Option<PreferredLayers>| {
        choice.set_wish(wish);
        assert_eq!(choice.due(), expected, "{wish:?}");
        if let Some(due) = choice.due() {
            choice.set_asked(due);
        }
        assert_eq!(choice.due(), None);
    };
    step(viewport(300, 100), Some(layers(0, 2)));
    step(viewport(300, 100), None);
    step(viewport(310, 180), None);
    step(viewport(500, 100), Some(layers(1, 2)));
    step(LayerWish::Layers(layers(1, 0)), Some(layers(1, 0)));
    step(viewport(500, 100), Some(layers(1, 2)));
    step(LayerWish::Layers(layers(1, 2)), None);

    // A new connection knows nothing of it.
    let mut next = self::choice((3, 3), &camera((640, 360)));
    next.continue_from(&choice);
    assert_eq!(next.due(), Some(layers(1, 2)));
    choice.set_wish(viewport(320, 180));
    next.continue_from(&choice);
    next.set_asked(layers(1, 2));
    assert_eq!(
        next.due(),
        Some(layers(0, 2)),
        "of the sizes that there are"
    );
}

#[test]
fn what_was_refused_is_asked_for_with_the_next_wish() {
    let mut choice = choice((3, 3), &camera((1280, 720)));
    choice.set_wish(viewport(300, 100));
    choice.set_asked(layers(0, 2));
    choice.forget_asked(layers(0, 2));
    assert_eq!(choice.due(), Some(layers(0, 2)));
    choice.set_asked(layers(1, 2));
    choice.forget_asked(layers(0, 2));
    choice.set_wish(viewport(640, 360));
    assert_eq!(choice.due(), None, "an earlier refusal says nothing of it");
}

#[test]
fn a_viewport_takes_back_a_rate_that_was_chosen_by_hand() {
    let mut choice = choice((1, 3), &json!({}));
    choice.set_wish(LayerWish::Layers(layers(0, 0)));
    choice.set_asked(layers(0, 0));
    choice.set_wish(viewport(100, 100));
    assert_eq!(choice.due(), Some(layers(0, 2)));
}
