//! Who gets what of the bit rate that the network carries.
//!
//! Sound always gets all it wants: it is small, and a meeting without it is none. Then the lowest
//! layer of each picture, shared screens first, then the next layers. What does not fit is switched
//! off from the top.

use super::frame::TrackKind;
use super::negotiation::Kind;

/// What one track wants, and what it gets.
#[derive(Clone, Debug)]
pub(crate) struct Demand {
    pub(crate) kind: TrackKind,
    /// The lowest first.
    pub(crate) layers: Vec<Layer>,
}

/// In kilobits per second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer {
    /// The most that is worth sending.
    pub(crate) wanted: u32,
    /// 0: it is off.
    pub(crate) granted: u32,
}

/// The least that the only picture of a track is left with: a slow slide show, but a picture.
const FLOOR_KBPS: u32 = 50;

/// Which part of what a layer wants it needs to stay on, and to come back. The distance keeps it
/// from going on and off by turns.
const STAYS: (u32, u32) = (1, 2);
const RETURNS: (u32, u32) = (4, 5);

/// Grants each layer anew what it gets. This is done often, and asks for no memory.
pub(crate) fn allocate<Track: AsMut<Demand>>(available_kbps: u32, tracks: &mut [Track]) {
    let mut left = available_kbps;
    let mut most_layers = 0;
    for track in tracks.iter_mut() {
        let demand = track.as_mut();
        most_layers = most_layers.max(demand.layers.len());
        if demand.kind.kind() == Kind::Audio {
            for layer in &mut demand.layers {
                layer.granted = layer.wanted;
                left = left.saturating_sub(layer.wanted);
            }
        }
    }
    for index in 0..most_layers {
        for is_share in [true, false] {
            for track in tracks.iter_mut() {
                let demand = track.as_mut();
                if demand.kind.kind() == Kind::Video && demand.kind.is_share() == is_share {
                    left -= grant(&mut demand.layers, index, left);
                }
            }
        }
    }
}

/// Grants a layer of a picture what it gets of what is left; how much that is.
fn grant(layers: &mut [Layer], index: usize, left: u32) -> u32 {
    let has_lower = index == 0 || layers.get(index - 1).is_some_and(|lower| lower.granted > 0);
    let Some(layer) = layers.get_mut(index) else {
        return 0;
    };
    let (part, whole) = if layer.granted > 0 { STAYS } else { RETURNS };
    let most = layer.wanted.min(left);
    let is_enough = u64::from(most) * u64::from(whole) >= u64::from(layer.wanted) * u64::from(part);
    layer.granted = match index {
        0 => most.max(FLOOR_KBPS.min(layer.wanted)),
        _ if is_enough && has_lower => most,
        _ => 0,
    };
    layer.granted.min(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl AsMut<Demand> for Demand {
        fn as_mut(&mut self) -> &mut Demand {
            self
        }
    }

    fn demand(kind: TrackKind, kbps: &[u32], is_on: bool) -> Demand {
        let layer = |wanted: &u32| Layer {
            wanted: *wanted,
            granted: if is_on { *wanted } else { 0 },
        };
        Demand {
            kind,
            layers: kbps.iter().map(layer).collect(),
        }
    }

    fn granted(available_kbps: u32, demands: &[Demand]) -> Vec<Vec<u32>> {
        let mut demands = demands.to_vec();
        allocate(available_kbps, &mut demands);
        let layers = demands.iter().map(|demand| &demand.layers);
        layers
            .map(|layers| layers.iter().map(|layer| layer.granted).collect())
            .collect()
    }

    const CAMERA: &[u32] = &[150, 400, 1500];

    #[test]
    fn layers_are_switched_off_from_the_top() {
        let sound = demand(TrackKind::Audio, &[24], true);
        let camera = demand(TrackKind::Video, CAMERA, true);
        for (available, expected) in [
            (5000, [150, 400, 1500]),
            (1400, [150, 400, 826]),
            (1200, [150, 400, 0]),
            (400, [150, 226, 0]),
            (300, [150, 0, 0]),
            (100, [76, 0, 0]),
            (0, [FLOOR_KBPS, 0, 0]),
        ] {
            let granted = granted(available, &[camera.clone(), sound.clone()]);
            assert_eq!(granted, [expected.to_vec(), vec![24]], "{available}");
        }
    }

    #[test]
    fn a_layer_comes_back_later_than_it_went() {
        let off = demand(TrackKind::Video, CAMERA, false);
        let on = demand(TrackKind::Video, CAMERA, true);
        assert_eq!(granted(1400, &[on])[0][2], 850);
        assert_eq!(granted(1400, std::slice::from_ref(&off))[0][2], 0);
        assert_eq!(granted(1750, &[off])[0][2], 1200);
    }

    #[test]
    fn a_shared_screen_goes_before_a_camera_but_not_before_every_layer() {
        let camera = demand(TrackKind::Video, CAMERA, true);
        let share = demand(TrackKind::Share, &[1000], true);
        let granted = granted(1100, &[camera, share]);
        assert_eq!(granted, [vec![100, 0, 0], vec![1000]]);
    }

    proptest! {
        #[test]
        fn nobody_gets_more_than_is_wanted_and_no_layer_is_on_above_one_that_is_off(
            available in 0..20_000_u32,
            tracks in proptest::collection::vec(
                (0..4_usize, proptest::collection::vec((1..3000_u32, any::<bool>()), 1..4)), 0..6),
        ) {
            let demands: Vec<Demand> = tracks
                .into_iter()
                .map(|(kind, layers)| Demand {
                    kind: TrackKind::ALL[kind],
                    layers: layers
                        .iter()
                        .map(|(wanted, is_on)| Layer {
                            wanted: *wanted,
                            granted: if *is_on { *wanted } else { 0 },
                        })
                        .collect(),
                })
                .collect();
            let granted = granted(available, &demands);
            let mut pictures = 0;
            let mut floors = 0;
            let mut sound = 0;
            for (demand, granted) in demands.iter().zip(&granted) {
                prop_assert!(granted.iter().zip(&demand.layers).all(|(got, layer)| *got <= layer.wanted));
                if demand.kind.kind() == Kind::Audio {
                    let wanted: Vec<u32> = demand.layers.iter().map(|layer| layer.wanted).collect();
                    prop_assert_eq!(granted, &wanted);
                    sound += granted.iter().sum::<u32>();
                    continue;
                }
                prop_assert!(granted[0] > 0);
                prop_assert!(granted.windows(2).all(|pair| pair[0] > 0 || pair[1] == 0));
                pictures += granted.iter().sum::<u32>();
                floors += FLOOR_KBPS;
            }
            prop_assert!(pictures <= available.saturating_sub(sound) + floors);
        }
    }
}
