//! The table behind every handle: a handle is a key into it, not an address.
//!
//! ```text
//! bit  63..60  59..55      54..31      30..7  6..1  0
//!      0       fork depth  generation  slot   kind  1
//! ```
//!
//! Bit 0 is set, so that no pointer to real memory is taken for a handle. A slot's generation
//! counts up whenever its object is freed, so a stale handle never finds a later object; a slot
//! whose generations are used up is retired. The fork depth keeps a parent's handles apart from
//! its child's.

use once_cell::sync::OnceCell;
use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::runtime::modelled::{Mutex, lock};
use crate::runtime::{PerProcess, fork_depth};
use crate::{Error, Result, Status};

#[cfg(not(target_pointer_width = "64"))]
compile_error!("a handle needs 64 bits: vsdk supports 64-bit targets only");

const KIND_BITS: u32 = 6;
const SLOT_BITS: u32 = 24;
const GENERATION_BITS: u32 = 24;
const KIND_SHIFT: u32 = 1;
const SLOT_SHIFT: u32 = KIND_SHIFT + KIND_BITS;
const GENERATION_SHIFT: u32 = SLOT_SHIFT + SLOT_BITS;
const DEPTH_SHIFT: u32 = GENERATION_SHIFT + GENERATION_BITS;

const LAST_GENERATION: u32 = (1 << GENERATION_BITS) - 1;

/// Slots in the first segment; each next one is twice as large, and none ever moves.
const FIRST_SEGMENT: usize = 64;
const SEGMENTS: usize = 18;
const CAPACITY: usize = FIRST_SEGMENT * ((1 << SEGMENTS) - 1);

/// The kinds of objects, numbered as in `VsdkHandleKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    Error = 1,
    Operation = 2,
    ConfigOptions = 3,
    Token = 4,
    TokenMintOptions = 5,
    TokenFetchOptions = 6,
    TokenReport = 7,
    RequestOptions = 8,
    RoomOptions = 9,
    RoomListOptions = 10,
    Room = 11,
    RoomList = 12,
    MeetingOptions = 13,
    Meeting = 14,
    MeetingSnapshot = 15,
    Event = 16,
    Participant = 17,
    PublishOptions = 18,
    ServiceOptions = 19,
    Content = 20,
    TrackOptions = 21,
    LocalTrack = 22,
    RemoteTrack = 23,
    ReceivedFrame = 24,
    MediaStatistics = 25,
    AudioInput = 26,
    AudioOutput = 27,
    VideoInput = 28,
    VideoOutput = 29,
    ReceivedPicture = 30,
    DeviceList = 31,
    AudioDevice = 32,
}

pub(super) const KINDS: usize = 33;

/// An object that C knows by a handle of type `Handle`.
pub(super) trait Object: Any + Send + Sync {
    const KIND: Kind;
    /// What it is called in messages, e.g. `VsdkRoom`.
    const NAME: &'static str;
    /// The opaque type in the header.
    type Handle;
}

/// Declares the opaque type's object: `object!(RoomObject, Room, VsdkRoom)`.
macro_rules! object {
    ($object:ty, $kind:ident, $handle:ident) => {
        impl $crate::ffi::handle::Object for $object {
            const KIND: $crate::ffi::handle::Kind = $crate::ffi::handle::Kind::$kind;
            const NAME: &'static str = stringify!($handle);
            type Handle = $handle;
        }
    };
}
pub(super) use object;

static TABLE: PerProcess<Table> = PerProcess::new();

/// Puts an object into the table and gives out its one reference.
pub(super) fn insert<T: Object>(object: T) -> Result<*mut T::Handle> {
    let key = TABLE.get().insert(T::KIND, Arc::new(object))?;
    Ok(with_depth(key) as *mut T::Handle)
}

/// The object of a handle, kept alive while it is used, whoever frees the handle meanwhile.
pub(super) fn get<T: Object>(handle: *const T::Handle) -> Result<Arc<T>> {
    let key = this_process_key::<T>(handle)?;
    TABLE
        .get()
        .get(key, T::KIND)
        .and_then(|object| object.downcast::<T>().ok())
        .ok_or_else(|| invalid::<T>(key))
}

/// Takes a reference back. A handle that is no longer valid is left alone.
pub(super) fn free<T: Object>(handle: *const T::Handle) {
    if let Ok(key) = this_process_key::<T>(handle) {
        // Dropped here, with no lock held: an object may carry the app's data.
        drop(TABLE.get().remove(key, T::KIND));
    }
}

/// How many handles of a kind are live; of all kinds for 0.
pub(super) fn live(kind: usize) -> i64 {
    let live = &TABLE.get().live;
    match kind {
        0 => live.iter().map(|count| count.load(Ordering::Relaxed)).sum(),
        kind => live
            .get(kind)
            .map_or(0, |count| count.load(Ordering::Relaxed)),
    }
}

fn with_depth(key: u64) -> u64 {
    key | (fork_depth() as u64) << DEPTH_SHIFT
}

/// The key without the fork depth, which must be this process's.
fn this_process_key<T: Object>(handle: *const T::Handle) -> Result<u64> {
    if handle.is_null() {
        return Err(Error::new(
            Status::NullPointer,
            format!("The handle of type {} is NULL", T::NAME),
            "Pass the handle that the library gave you; check that the call that makes it succeeded.",
        ));
    }
    let value = handle as u64;
    if value >> DEPTH_SHIFT != fork_depth() as u64 {
        return Err(invalid::<T>(value));
    }
    Ok(value & ((1 << DEPTH_SHIFT) - 1))
}

#[cold]
fn invalid<T: Object>(key: u64) -> Error {
    let message = match kind_in(key) {
        Some(kind) if kind != T::KIND as u8 => format!(
            "A handle of type {} is needed, this one is of another type or no handle at all",
            T::NAME
        ),
        _ => format!("This {} was freed already, or never was one", T::NAME),
    };
    Error::new(
        Status::InvalidHandle,
        message,
        "Use each handle until its one _free and not after; free it once.",
    )
}

fn kind_in(key: u64) -> Option<u8> {
    (key & 1 == 1).then_some((key >> KIND_SHIFT) as u8 & ((1 << KIND_BITS) - 1))
}

type AnyObject = Arc<dyn Any + Send + Sync>;

struct Table {
    segments: [OnceCell<Box<[Slot]>>; SEGMENTS],
    free: Mutex<FreeSlots>,
    live: [AtomicI64; KINDS],
}

#[derive(Default)]
struct FreeSlots {
    reusable: Vec<u32>,
    /// Slots from here on were never used.
    unused: u32,
}

struct Slot {
    state: Mutex<SlotState>,
}

struct SlotState {
    generation: u32,
    kind: u8,
    object: Option<AnyObject>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            segments: [const { OnceCell::new() }; SEGMENTS],
            free: Mutex::new(FreeSlots::default()),
            live: [const { AtomicI64::new(0) }; KINDS],
        }
    }
}

impl Table {
    fn insert(&self, kind: Kind, object: AnyObject) -> Result<u64> {
        let slot = {
            let mut free = lock(&self.free);
            match free.reusable.pop() {
                Some(slot) => slot,
                None if (free.unused as usize) < CAPACITY => {
                    free.unused += 1;
                    free.unused - 1
                }
                None => {
                    return Err(Error::new(
                        Status::ResourceExhausted,
                        format!("{CAPACITY} handles are live"),
                        "Free handles that are no longer used; vsdk_debug_live_handles() counts them by kind.",
                    ));
                }
            }
        };
        let mut state = lock(&self.slot(slot).state);
        state.kind = kind as u8;
        state.object = Some(object);
        self.live[kind as usize].fetch_add(1, Ordering::Relaxed);
        Ok(key(kind, slot, state.generation))
    }

    fn get(&self, key: u64, kind: Kind) -> Option<AnyObject> {
        let (slot, generation) = self.parse(key, kind)?;
        let state = lock(&self.existing_slot(slot)?.state);
        if state.generation != generation || state.kind != kind as u8 {
            return None;
        }
        state.object.clone()
    }

    fn remove(&self, key: u64, kind: Kind) -> Option<AnyObject> {
        let (slot, generation) = self.parse(key, kind)?;
        let mut state = lock(&self.existing_slot(slot)?.state);
        if state.generation != generation || state.kind != kind as u8 {
            return None;
        }
        let object = state.object.take()?;
        let retired = state.generation == LAST_GENERATION;
        if !retired {
            state.generation += 1;
        }
        drop(state);
        self.live[kind as usize].fetch_sub(1, Ordering::Relaxed);
        if !retired {
            lock(&self.free).reusable.push(slot);
        }
        Some(object)
    }

    fn parse(&self, key: u64, kind: Kind) -> Option<(u32, u32)> {
        if kind_in(key)? != kind as u8 {
            return None;
        }
        let slot = (key >> SLOT_SHIFT) as u32 & ((1 << SLOT_BITS) - 1);
        let generation = (key >> GENERATION_SHIFT) as u32 & LAST_GENERATION;
        Some((slot, generation))
    }

    /// The slot of that number, its segment made if need be.
    fn slot(&self, slot: u32) -> &Slot {
        let (segment, offset) = place(slot);
        let slots = self.segments[segment].get_or_init(|| {
            (0..FIRST_SEGMENT << segment)
                .map(|_| Slot {
                    state: Mutex::new(SlotState {
                        generation: 1,
                        kind: 0,
                        object: None,
                    }),
                })
                .collect()
        });
        &slots[offset]
    }

    fn existing_slot(&self, slot: u32) -> Option<&Slot> {
        let (segment, offset) = place(slot);
        self.segments.get(segment)?.get()?.get(offset)
    }
}

/// Segment `n` begins at `FIRST_SEGMENT * (2^n - 1)`.
fn place(slot: u32) -> (usize, usize) {
    let shifted = slot as usize / FIRST_SEGMENT + 1;
    let segment = shifted.ilog2() as usize;
    (
        segment,
        slot as usize - FIRST_SEGMENT * ((1 << segment) - 1),
    )
}

fn key(kind: Kind, slot: u32, generation: u32) -> u64 {
    1 | (kind as u64) << KIND_SHIFT
        | u64::from(slot) << SLOT_SHIFT
        | u64::from(generation) << GENERATION_SHIFT
}

#[cfg(all(test, not(vsdk_loom)))]
mod tests {
    use super::*;

    #[test]
    fn slots_fill_segments_without_gaps() {
        let mut expected = (0, 0);
        for slot in 0..100_000 {
            assert_eq!(place(slot), expected);
            expected.1 += 1;
            if expected.1 == FIRST_SEGMENT << expected.0 {
                expected = (expected.0 + 1, 0);
            }
        }
        assert_eq!(place(CAPACITY as u32 - 1).0, SEGMENTS - 1);
    }

    #[test]
    fn a_stale_key_never_finds_the_next_object_in_its_slot() {
        let table = Table::default();
        let first = table.insert(Kind::Room, Arc::new(1_u32)).unwrap();
        assert!(table.get(first, Kind::Room).is_some());
        assert!(table.get(first, Kind::Event).is_none());
        assert!(table.remove(first, Kind::Event).is_none());
        assert!(table.remove(first, Kind::Room).is_some());
        assert!(table.remove(first, Kind::Room).is_none());
        let second = table.insert(Kind::Room, Arc::new(2_u32)).unwrap();
        assert_ne!(first, second);
        assert!(table.get(first, Kind::Room).is_none());
        assert_eq!(table.live[Kind::Room as usize].load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_slot_whose_generations_are_used_up_is_retired() {
        let table = Table::default();
        let first = table.insert(Kind::Room, Arc::new(1_u32)).unwrap();
        table.remove(first, Kind::Room);
        lock(&table.slot(0).state).generation = LAST_GENERATION;
        let last = table.insert(Kind::Room, Arc::new(1_u32)).unwrap();
        assert!(table.remove(last, Kind::Room).is_some());
        assert!(table.get(last, Kind::Room).is_none());
        let next = table.insert(Kind::Room, Arc::new(1_u32)).unwrap();
        assert_eq!(table.parse(next, Kind::Room), Some((1, 1)));
    }

    #[test]
    fn two_hundred_threads_use_one_table() {
        let table = Table::default();
        std::thread::scope(|scope| {
            for thread in 0..200_u64 {
                let table = &table;
                scope.spawn(move || {
                    for round in 0..500_u64 {
                        let value = thread << 32 | round;
                        let key = table.insert(Kind::Event, Arc::new(value)).unwrap();
                        let found = table.get(key, Kind::Event).unwrap();
                        assert_eq!(*found.downcast::<u64>().unwrap(), value);
                        assert!(table.remove(key, Kind::Event).is_some());
                        assert!(table.get(key, Kind::Event).is_none());
                    }
                });
            }
        });
        assert_eq!(table.live[Kind::Event as usize].load(Ordering::Relaxed), 0);
        assert!(lock(&table.free).unused <= 200, "slots are reused");
    }

    #[test]
    fn real_addresses_and_noise_are_no_keys() {
        let table = Table::default();
        let live = table.insert(Kind::Room, Arc::new(1_u32)).unwrap();
        let local = 1_u64;
        for noise in [
            &raw const local as u64,
            2,
            3,
            u64::MAX >> 9,
            live ^ 1 << 31,
            live ^ 1 << 7,
        ] {
            assert!(table.get(noise, Kind::Room).is_none(), "{noise:#x}");
        }
    }
}

#[cfg(all(test, vsdk_loom))]
mod model {
    use super::*;
    use loom::thread;

    /// One reader, one that frees, one that inserts: the reader sees its object or nothing.
    #[test]
    fn a_reader_never_sees_another_object() {
        loom::model(|| {
            let table = loom::sync::Arc::new(Table::default());
            let key = table.insert(Kind::Room, Arc::new(1_u32)).unwrap();
            let reader = {
                let table = table.clone();
                thread::spawn(move || {
                    if let Some(object) = table.get(key, Kind::Room) {
                        assert_eq!(*object.downcast::<u32>().unwrap(), 1);
                    }
                })
            };
            let other = {
                let table = table.clone();
                thread::spawn(move || {
                    let second = table.insert(Kind::Room, Arc::new(2_u32)).unwrap();
                    assert_ne!(second, key);
                })
            };
            assert!(table.remove(key, Kind::Room).is_some());
            assert!(table.remove(key, Kind::Room).is_none());
            reader.join().unwrap();
            other.join().unwrap();
        });
    }
}
