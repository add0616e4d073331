//! Recording, livestream, HLS, transcription, translation and whiteboard. They go through their
//! states at once, and everybody is told of each; nothing is recorded, sent or written.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::signaling::refusal::Refused;
use crate::signaling::services::{Service, Told};

const INVALID_LIVESTREAM_CONFIG: u16 = 4015;
const CHANGE_LANGUAGE_FAILED: u16 = 4044;

/// `startRecording` and its like.
pub(super) fn start(call: &mut Call<'_>, service: Service) -> Outcome {
    match call.data.get("config") {
        None | Some(Value::Null | Value::Object(_)) => {}
        Some(_) => {
            let text = "config must be an object or null";
            return Err(Refused::new(service.start_failed(), text));
        }
    }
    if service == Service::Livestream {
        check_outputs(&call.data.get("outputs").cloned().unwrap_or_default())?;
    }
    let told = call.room.running.start(service).ok_or_else(|| {
        let text = format!("The {} runs already", service.name());
        Refused::new(service.start_failed(), text)
    })?;
    finish(call, &told)
}

/// `stopRecording` and its like.
pub(super) fn stop(call: &mut Call<'_>, service: Service) -> Outcome {
    let told = call.room.running.stop(service).ok_or_else(|| {
        let text = format!("The {} does not run", service.name());
        Refused::new(service.stop_failed(), text)
    })?;
    finish(call, &told)
}

/// `changeTranslationLanguage`
pub(super) fn change_language(call: &mut Call<'_>) -> Outcome {
    let failed = |text: &str| Refused::new(CHANGE_LANGUAGE_FAILED, text);
    if !call.room.running.has(Service::Translation) {
        return Err(failed("The translation does not run"));
    }
    let language = call.text("language");
    let language = language.map_err(|refused| failed(&refused.reason))?;
    let changed = json!({"peerId": call.caller().id(), "language": language});
    finish(call, &[("translationLanguageChanged", changed)])
}

fn finish(call: &Call<'_>, told: &[Told]) -> Outcome {
    call.accept(done());
    for (method, data) in told {
        call.room.notify_all(method, data);
    }
    Ok(())
}

fn check_outputs(outputs: &Value) -> Outcome {
    let text = |output: &Value, name: &str| output[name].as_str().is_some_and(|it| !it.is_empty());
    let good = |output: &Value| text(output, "url") && text(output, "streamKey");
    match outputs.as_array() {
        Some(outputs) if !outputs.is_empty() && outputs.iter().all(good) => Ok(()),
        _ => Err(Refused::new(
            INVALID_LIVESTREAM_CONFIG,
            "outputs must be an array of one or more {url, streamKey}",
        )),
    }
}
