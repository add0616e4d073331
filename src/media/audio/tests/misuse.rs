//! What does not belong there, too much of it, and from everywhere at once.

use std::sync::Mutex;

use super::*;
use crate::Status;
use crate::media::sink::Frames;
use crate::media::transform::TransformSlot;
use crate::runtime::Buffer;

const FORMAT: fn() -> AudioFormat = || AudioFormat::new(48_000, 2).unwrap();

#[test]
fn what_is_no_number_is_silence_and_what_is_too_loud_is_cut_off() {
    let format = AudioFormat::new(48_000, 1).unwrap();
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 0.0];
    let samples: Vec<f32> = odd.iter().copied().cycle().take(48_000).collect();
    let frames = encode(&samples, format, AudioProfile::HighQuality, 480);
    let (heard, _) = play(&frames, format, 480);
    assert!(
        heard
            .iter()
            .all(|sample| sample.is_finite() && sample.abs() < 2.0)
    );
    assert!(heard.iter().any(|sample| sample.abs() > 0.1));
    // And it has not spoilt what comes after it.
    let mut samples = samples[..4_800].to_vec();
    samples.extend(tone(2 * 48_000, 48_000, 440.0, LEVEL));
    let frames = encode(&samples, format, AudioProfile::HighQuality, 480);
    let (heard, _) = play(&frames, format, 480);
    assert!((level_of(&heard[48_000..], 48_000, 440.0) - LEVEL).abs() < LEVEL * 0.1);
}

#[test]
fn halves_too_much_and_times_before_time_are_refused_and_nothing_is_fine() {
    let source = source();
    let input = input(&source, FORMAT(), AudioProfile::SpeechStandard);
    let output = AudioOutput::of_track(&sink(), FORMAT()).unwrap();
    let mut large = vec![0_i16; 96_002];
    for wrong in [1, 3, 96_001, 96_002] {
        let error = input.push_s16(&large[..wrong], None).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
        let error = output.pull_s16(&mut large[..wrong]).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
    }
    let error = input.push_s16(&[0, 0], Some(-1)).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument, "{error}");
    assert_eq!(input.push_s16(&[], None).unwrap(), Pushed::Queued);
    assert_eq!(output.pull_s16(&mut []).unwrap().silent_frames, 0);
    large.truncate(96_000);
    assert_eq!(input.push_s16(&large, None).unwrap(), Pushed::Queued);
    assert_eq!(output.pull_s16(&mut large).unwrap().silent_frames, 48_000);
}

#[test]
fn what_transforms_the_sound_that_is_pulled_cannot_pull_it_itself() {
    let transform = Arc::new(TransformSlot::default());
    let sink = Arc::new(TrackSink::new(
        "ann",
        "track",
        TrackKind::Audio,
        Codec::Opus,
        Arc::clone(&transform),
    ));
    let output = Arc::new(AudioOutput::of_track(&sink, FORMAT()).unwrap());
    let (same, errors) = (Arc::downgrade(&output), Arc::new(Mutex::new(Vec::new())));
    let told = Arc::clone(&errors);
    transform.set(Some(Arc::new(move |_, data, changed| {
        let pulled = same.upgrade().unwrap().pull_s16(&mut [0; 960]);
        told.lock().unwrap().push(pulled.unwrap_err());
        changed.extend(data);
        true
    })));
    let frames = encode(&[0.0; 9_600], FORMAT(), AudioProfile::SpeechStandard, 480);
    sink.take(received(&frames[0]), Instant::now());
    output.pull_s16(&mut [0; 9_600]).unwrap();
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].status(), Status::WouldDeadlock, "{}", errors[0]);
}

#[test]
fn thirty_two_threads_push_and_pull_at_once() {
    let source = source();
    let input = input(&source, FORMAT(), AudioProfile::SpeechStandard);
    let sink = sink();
    let output = AudioOutput::of_track(&sink, FORMAT()).unwrap();
    let mut answers = [0; 2];
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..32_usize)
            .map(|number| {
                let (input, output) = (&input, &output);
                scope.spawn(move || {
                    let samples = vec![0.1; 2 * (number + 1)];
                    let mut pulled = vec![0.0; 2 * (number + 1)];
                    let mut answers = [0; 2];
                    for _ in 0..300 {
                        match input.push_f32(&samples, None).unwrap() {
                            Pushed::Queued => answers[0] += 1,
                            Pushed::Full => answers[1] += 1,
                            other => panic!("{other:?}"),
                        }
                        output.pull_f32(&mut pulled).unwrap();
                        assert!(pulled.iter().all(|sample| sample.abs() < 1.0));
                    }
                    answers
                })
            })
            .collect();
        for thread in threads {
            let [queued, full] = thread.join().unwrap();
            answers[0] += queued;
            answers[1] += full;
        }
    });
    let [queued, full] = answers;
    assert_eq!(queued + full, 32 * 300);
    assert!(queued > 32, "{queued} pushes were taken");
}

#[test]
fn more_than_can_be_encoded_is_refused_until_there_is_room() {
    let source = source();
    let input = input(&source, FORMAT(), AudioProfile::SpeechLowQuality);
    let second = vec![0.3; 96_000];
    let begin = Instant::now();
    // Nobody sends what is encoded: 64 packets wait, then raw sound.
    while !source.is_full() || input.push_f32(&second, None).unwrap() != Pushed::Full {
        assert!(begin.elapsed() < LONG, "it takes without end");
        input.push_f32(&second[..960], None).unwrap();
        std::thread::sleep(PAUSE);
    }
    let mut frames = Vec::new();
    take(&source, &mut frames);
    assert_eq!(frames.len(), 64);
    while input.push_f32(&second[..960], None).unwrap() == Pushed::Full {
        assert!(begin.elapsed() < LONG, "it takes nothing any more");
        take(&source, &mut frames);
        std::thread::sleep(PAUSE);
    }
}

#[test]
fn nobody_there_is_told_and_what_was_pushed_then_is_not_sent_later() {
    let format = AudioFormat::new(48_000, 1).unwrap();
    let source = source();
    let input = input(&source, format, AudioProfile::SpeechLowQuality);
    let loud = vec![0.5; 480];
    assert_eq!(input.push_f32(&loud, None).unwrap(), Pushed::Queued);
    source.stop();
    assert_eq!(input.push_f32(&loud, None).unwrap(), Pushed::NotSending);
    assert!(input.level_dbfs() > -20.0, "the level is told all the same");
    source.begin(&Arc::new(Notify::new()));
    let silence = vec![0.0; 960];
    let begin = Instant::now();
    let mut frames = Vec::new();
    while frames.is_empty() {
        assert!(begin.elapsed() < LONG, "nothing is sent");
        input.push_f32(&silence, None).unwrap();
        std::thread::sleep(PAUSE);
        take(&source, &mut frames);
    }
    assert_eq!(frames[0].audio_level, Some(-127), "only what came later");
}

#[test]
fn a_track_has_one_input_and_no_frames_beside_it() {
    let source = source();
    let settings = options(AudioProfile::SpeechStandard).encoder().unwrap();
    let first = AudioInput::new(&source, &untransformed(), FORMAT(), &settings).unwrap();
    let error = AudioInput::new(&source, &untransformed(), FORMAT(), &settings)
        .err()
        .unwrap();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    assert!(source.check_no_input().is_err());
    drop(first);
    assert!(source.check_no_input().is_ok());
    AudioInput::new(&source, &untransformed(), FORMAT(), &settings).unwrap();
}

#[test]
fn frames_go_to_an_output_or_to_those_who_read_them_not_to_both() {
    let frame = EncodedFrame {
        data: [0xfc, 1, 2].as_slice().into(),
        timestamp_us: 0,
        is_key_frame: true,
        layer: 0,
        audio_level: None,
    };
    let sink = sink();
    let waiting = || sink.frames.look(Frames::counts).received;
    let output = AudioOutput::of_track(&sink, FORMAT()).unwrap();
    let another = AudioOutput::of_track(&sink, FORMAT()).unwrap();
    assert!(sink.frames.look(Frames::refusal).is_some());
    let handler: crate::runtime::Callback<Arc<ReceivedFrame>> = Arc::new(|_| ());
    let error = sink.set_handler(Some(handler.clone())).unwrap_err();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    assert!(sink.take(received(&frame), Instant::now()));
    assert_eq!(waiting(), 1, "counted");
    assert!(sink.playout_statistics().is_some());
    drop(output);
    assert!(
        sink.frames.look(Frames::refusal).is_some(),
        "there is another one"
    );
    drop(another);
    assert!(sink.frames.look(Frames::refusal).is_none());
    assert!(sink.playout_statistics().is_none());
    sink.set_handler(Some(handler)).unwrap();
    let error = AudioOutput::of_track(&sink, FORMAT()).err().unwrap();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    sink.set_handler(None).unwrap();
    AudioOutput::of_track(&sink, FORMAT()).unwrap();
}
