//! What a service of a meeting is started with.

use serde_json::{Map, Value, json};

use super::choice::{
    Layout, LayoutPriority, Orientation, ServiceContent, ServiceKind, ServiceQuality, Theme,
};
use super::options::{invalid, json_object, kind, label};
use super::session::Call;
use crate::Result;
use crate::redact::Secret;

/// The most platforms that a livestream may go to.
const MOST_OUTPUTS: usize = 100;

/// What a service is started with (protocol, sections 5 and 13). What is not set, the service
/// decides. That the front end that native clients use has livestream, HLS, translation and
/// whiteboard is inferred from the JavaScript SDK.
#[derive(Clone, Debug, Default)]
pub struct ServiceOptions {
    layout: Option<Layout>,
    layout_priority: Option<LayoutPriority>,
    grid_size: Option<u32>,
    theme: Option<Theme>,
    content: Option<ServiceContent>,
    quality: Option<ServiceQuality>,
    orientation: Option<Orientation>,
    outputs: Vec<(String, Secret)>,
    webhook_url: Option<String>,
    language: Option<String>,
    more: Map<String, Value>,
}

impl ServiceOptions {
    /// As the service decides.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How participants are arranged: recording, livestream and HLS.
    pub fn set_layout(&mut self, layout: Option<Layout>) -> &mut Self {
        self.layout = layout;
        self
    }

    /// Who comes first in the layout: recording, livestream and HLS.
    pub fn set_layout_priority(&mut self, priority: Option<LayoutPriority>) -> &mut Self {
        self.layout_priority = priority;
        self
    }

    /// How many participants are seen at most: recording, livestream and HLS. The service has its
    /// own limit.
    pub fn set_grid_size(&mut self, participants: Option<u32>) -> &mut Self {
        self.grid_size = participants;
        self
    }

    /// The colours: recording, livestream and HLS.
    pub fn set_theme(&mut self, theme: Option<Theme>) -> &mut Self {
        self.theme = theme;
        self
    }

    /// Whether there is a picture: recording, livestream and HLS.
    pub fn set_content(&mut self, content: Option<ServiceContent>) -> &mut Self {
        self.content = content;
        self
    }

    /// How good it is: recording, livestream and HLS.
    pub fn set_quality(&mut self, quality: Option<ServiceQuality>) -> &mut Self {
        self.quality = quality;
        self
    }

    /// Which way up it is: recording, livestream and HLS.
    pub fn set_orientation(&mut self, orientation: Option<Orientation>) -> &mut Self {
        self.orientation = orientation;
        self
    }

    /// Where a livestream goes, one more with each call: the URL of the platform, and the key that
    /// it gave, which is a secret. A livestream needs at least one.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when one of them is empty or far
    /// too long, or when there are a hundred already.
    pub fn add_output(&mut self, url: &str, stream_key: &str) -> Result<&mut Self> {
        if self.outputs.len() >= MOST_OUTPUTS {
            return Err(invalid(
                format!("There are {MOST_OUTPUTS} outputs already"),
                "Send it to fewer platforms, or through one that passes it on.",
            ));
        }
        let url = label("url", url)?;
        let stream_key = Secret::new(label("stream_key", stream_key)?);
        self.outputs.push((url, stream_key));
        Ok(self)
    }

    /// The URL that the service calls when something happens: recording and transcription.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when it is empty or far too long.
    pub fn set_webhook_url(&mut self, url: Option<&str>) -> Result<&mut Self> {
        self.webhook_url = url.map(|url| label("webhook_url", url)).transpose()?;
        Ok(self)
    }

    /// The language that is spoken, e.g. `en`: transcription.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when it is empty or far too long.
    pub fn set_language(&mut self, language: Option<&str>) -> Result<&mut Self> {
        self.language = language.map(|it| label("language", it)).transpose()?;
        Ok(self)
    }

    /// All else, as the service names it: a JSON object such as `{"awsDirPath": "…",
    /// "transcription": {"enabled": true}, "config": {"summary": {"enabled": true}}}`. What was set
    /// by name goes before it.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) (service number 3073) when it is
    /// no JSON object, or its `config` is none.
    pub fn set_json(&mut self, json: Option<&str>) -> Result<&mut Self> {
        const REMEDY: &str = r#"Pass an object, e.g. {"transcription": {"enabled": true}}."#;
        let more = match json {
            None => Map::new(),
            Some(json) => json_object("The options are", json, REMEDY)?,
        };
        if let Some(config) = more.get("config").filter(|config| !config.is_object()) {
            let words = format!("`config` is {}, not a JSON object", kind(config));
            return Err(invalid(words, REMEDY));
        }
        self.more = more;
        Ok(self)
    }

    /// The request that starts a service with them.
    pub(super) fn start(&self, kind: ServiceKind) -> Result<Call> {
        self.check(kind)?;
        let (method, goal) = match kind {
            ServiceKind::Recording => ("startRecording", "start the recording"),
            ServiceKind::Livestream => ("startLivestream", "start the livestream"),
            ServiceKind::Hls => ("startHls", "start the HLS stream"),
            ServiceKind::Transcription => ("startTranscription", "start the transcription"),
            ServiceKind::Translation => ("startTranslation", "start the translation"),
            ServiceKind::Whiteboard => ("startWhiteboard", "start the whiteboard"),
        };
        let mut call = Call::new(method, goal, Value::Object(self.data(kind)));
        call.secrets = self.outputs.iter().map(|(_, key)| key.clone()).collect();
        Ok(call)
    }

    /// Refuses what the service of that kind does not know: it would be without effect.
    fn check(&self, kind: ServiceKind) -> Result<()> {
        use ServiceKind::{Hls, Livestream, Recording, Transcription};
        let pictured = &[Recording, Livestream, Hls][..];
        for (name, is_set, kinds) in [
            ("layout", self.layout.is_some(), pictured),
            ("layout_priority", self.layout_priority.is_some(), pictured),
            ("grid_size", self.grid_size.is_some(), pictured),
            ("theme", self.theme.is_some(), pictured),
            ("content", self.content.is_some(), pictured),
            ("quality", self.quality.is_some(), pictured),
            ("orientation", self.orientation.is_some(), pictured),
            ("outputs", !self.outputs.is_empty(), &[Livestream]),
            (
                "webhook_url",
                self.webhook_url.is_some(),
                &[Recording, Transcription],
            ),
            ("language", self.language.is_some(), &[Transcription]),
        ] {
            if is_set && !kinds.contains(&kind) {
                return Err(invalid(
                    format!("`{name}` is no option of the service `{}`", kind.name()),
                    "Leave it out; what the service knows beyond this library goes into the JSON.",
                ));
            }
        }
        if kind == Livestream && self.outputs.is_empty() && self.more.get("outputs").is_none() {
            return Err(invalid(
                "The livestream has no output".to_owned(),
                "Add the URL and the stream key of at least one platform.",
            ));
        }
        Ok(())
    }

    fn data(&self, kind: ServiceKind) -> Map<String, Value> {
        let mut data = self.more.clone();
        let mut config = match data.remove("config") {
            Some(Value::Object(config)) => config,
            _ => Map::new(),
        };
        let mut layout = match config.remove("layout") {
            Some(Value::Object(layout)) => layout,
            _ => Map::new(),
        };
        put(&mut layout, "type", self.layout.map(Layout::name));
        let priority = self.layout_priority.map(LayoutPriority::name);
        put(&mut layout, "priority", priority);
        put(&mut layout, "gridSize", self.grid_size);
        if !layout.is_empty() {
            config.insert("layout".to_owned(), Value::Object(layout));
        }
        put(&mut config, "theme", self.theme.map(Theme::name));
        put(&mut config, "mode", self.content.map(ServiceContent::name));
        put(
            &mut config,
            "quality",
            self.quality.map(ServiceQuality::name),
        );
        let orientation = self.orientation.map(Orientation::name);
        put(&mut config, "orientation", orientation);
        put(&mut config, "language", self.language.as_deref());
        match kind {
            ServiceKind::Transcription => {
                put(&mut config, "webhookUrl", self.webhook_url.as_deref());
            }
            ServiceKind::Whiteboard => put(&mut data, "version", Some("v2")),
            _ => put(&mut data, "webhookUrl", self.webhook_url.as_deref()),
        }
        if !self.outputs.is_empty() {
            let outputs = self.outputs.iter();
            let outputs = outputs.map(|(url, key)| json!({"url": url, "streamKey": key.expose()}));
            data.insert("outputs".to_owned(), outputs.collect());
        }
        // These two have nothing else.
        let is_all = matches!(kind, ServiceKind::Transcription | ServiceKind::Translation);
        if is_all || !config.is_empty() {
            data.insert("config".to_owned(), Value::Object(config));
        }
        data
    }
}

fn put(object: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), value.into());
    }
}

/// The request that stops a service.
pub(super) fn stop(kind: ServiceKind) -> Call {
    let (method, goal) = match kind {
        ServiceKind::Recording => ("stopRecording", "stop the recording"),
        ServiceKind::Livestream => ("stopLivestream", "stop the livestream"),
        ServiceKind::Hls => ("stopHls", "stop the HLS stream"),
        ServiceKind::Transcription => ("stopTranscription", "stop the transcription"),
        ServiceKind::Translation => ("stopTranslation", "stop the translation"),
        ServiceKind::Whiteboard => ("stopWhiteboard", "stop the whiteboard"),
    };
    let data = match kind {
        ServiceKind::Whiteboard => json!({"version": "v2"}),
        _ => json!({}),
    };
    Call::new(method, goal, data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;

    fn data(kind: ServiceKind, options: &ServiceOptions) -> Value {
        options.start(kind).expect("good options").data
    }

    #[test]
    fn each_service_has_its_options_where_the_service_looks_for_them() {
        let mut recording = ServiceOptions::new();
        assert_eq!(data(ServiceKind::Recording, &recording), json!({}));
        recording
            .set_layout(Some(Layout::Sidebar))
            .set_layout_priority(Some(LayoutPriority::Pin))
            .set_grid_size(Some(4))
            .set_theme(Some(Theme::Dark))
            .set_content(Some(ServiceContent::Audio))
            .set_quality(Some(ServiceQuality::Medium))
            .set_orientation(Some(Orientation::Portrait));
        recording.set_webhook_url(Some("https://a.b/hook")).unwrap();
        recording
            .set_json(Some(
                r#"{"awsDirPath": "dir", "config": {"theme": "LIGHT", "new": 1,
                    "layout": {"type": "GRID", "rows": 2}}}"#,
            ))
            .unwrap();
        let config = json!({
            "layout": {"type": "SIDEBAR", "priority": "PIN", "gridSize": 4, "rows": 2},
            "theme": "DARK", "mode": "audio", "quality": "med", "orientation": "portrait", "new": 1,
        });
        assert_eq!(
            data(ServiceKind::Recording, &recording),
            json!({"awsDirPath": "dir", "webhookUrl": "https://a.b/hook", "config": config})
        );

        let mut livestream = ServiceOptions::new();
        livestream.add_output("rtmp://a.b/live", "key-1").unwrap();
        livestream.add_output("rtmp://c.d/live", "key-2").unwrap();
        let outputs = json!([
            {"url": "rtmp://a.b/live", "streamKey": "key-1"},
            {"url": "rtmp://c.d/live", "streamKey": "key-2"},
        ]);
        assert_eq!(
            data(ServiceKind::Livestream, &livestream),
            json!({"outputs": outputs})
        );
        assert!(!format!("{livestream:?}").contains("key-1"));

        let mut transcription = ServiceOptions::new();
        assert_eq!(
            data(ServiceKind::Transcription, &transcription),
            json!({"config": {}})
        );
        transcription.set_language(Some("en")).unwrap();
        transcription.set_webhook_url(Some("https://a.b")).unwrap();
        let config = json!({"language": "en", "webhookUrl": "https://a.b"});
        assert_eq!(
            data(ServiceKind::Transcription, &transcription),
            json!({"config": config})
        );

        let whiteboard = ServiceOptions::new();
        assert_eq!(
            data(ServiceKind::Whiteboard, &whiteboard),
            json!({"version": "v2"})
        );
    }

    #[test]
    fn an_option_without_effect_is_refused_by_name() {
        let refusal = |kind: ServiceKind, options: &ServiceOptions| {
            let error = options.start(kind).unwrap_err();
            assert_eq!(error.status(), Status::InvalidArgument);
            assert_eq!(error.service_code(), Some(3073));
            error.message().to_owned()
        };
        let mut whiteboard = ServiceOptions::new();
        whiteboard.set_theme(Some(Theme::Dark));
        assert_eq!(
            refusal(ServiceKind::Whiteboard, &whiteboard),
            "`theme` is no option of the service `whiteboard`"
        );
        let mut hls = ServiceOptions::new();
        hls.set_webhook_url(Some("https://a.b")).unwrap();
        assert_eq!(
            refusal(ServiceKind::Hls, &hls),
            "`webhook_url` is no option of the service `hls`"
        );
        let livestream = ServiceOptions::new();
        assert_eq!(
            refusal(ServiceKind::Livestream, &livestream),
            "The livestream has no output"
        );
        for json in ["[]", "{", r#"{"config": []}"#] {
            let mut options = ServiceOptions::new();
            assert!(options.set_json(Some(json)).is_err(), "{json}");
        }
    }
}
