//! Capabilities and transports.

use serde_json::Value;

use super::{Call, MediaCall, Outcome, done};
use crate::sfu::{self, TransportWish};
use crate::signaling::media::Transport;
use crate::signaling::refusal::Refused;

/// `getRouterRtpCapabilities`
pub(super) async fn router_capabilities(call: &mut MediaCall<'_>) -> Outcome {
    let router = call.locked(|call| Ok(call.room.router.clone()))?;
    let capabilities = router.capabilities(&call.app.sfu).await?;
    call.accept(capabilities)
}

/// `createWebRtcTransport`. SCTP parameters are always there: a client that asks for none still
/// reads them.
pub(super) async fn create(call: &mut MediaCall<'_>) -> Outcome {
    let router = call.locked(|call| {
        let checked = call.caller().media.check_transports();
        checked.map_err(|_| {
            Refused::bad_request("There are too many transports: use the ones you have")
        })?;
        Ok(call.room.router.clone())
    })?;
    let protocol = call.data.get("preferredProtocol").and_then(Value::as_str);
    let wish = TransportWish {
        udp: protocol != Some("TCP_ONLY"),
        tcp: protocol != Some("UDP_ONLY"),
    };
    let producing = call.data.get("consuming") != Some(&Value::Bool(true));
    let handle = router.create_transport(&call.app.sfu, wish).await?;
    call.locked(|call| {
        call.accept(handle.parameters(&call.app.sfu));
        let transport = Transport { producing, handle };
        call.caller_mut().media.add_transport(transport);
        Ok(())
    })
}

/// `restartIce`: new parameters, which are the answer itself.
pub(super) async fn restart_ice(call: &mut MediaCall<'_>) -> Outcome {
    let transport = call.locked(|call| known_transport(call))?;
    let parameters = transport.restart_ice().await?;
    call.accept(parameters)
}

/// `iceRestarted`: a client has done what the notification `restartIce` asks for. This service never
/// asks, and takes the word of a client that says so.
pub(super) fn ice_restarted(call: &mut Call<'_>) -> Outcome {
    known_transport(call)?;
    call.accept(done());
    Ok(())
}

/// `connectWebRtcTransport`
pub(super) async fn connect(call: &mut MediaCall<'_>) -> Outcome {
    let transport = call.locked(|call| known_transport(call))?;
    let parameters = call.data.remove("dtlsParameters").unwrap_or_default();
    match &parameters["fingerprints"] {
        Value::Array(fingerprints) if !fingerprints.is_empty() => {}
        _ => {
            return Err(Refused::bad_request(
                "dtlsParameters must have at least one entry in fingerprints",
            ));
        }
    }
    transport.connect(&parameters).await?;
    call.done()
}

/// The transport that a request names, which must be the caller's.
pub(super) fn known_transport(call: &Call<'_>) -> Result<sfu::Transport, Refused> {
    let id = call.text("transportId")?;
    let transport = call.caller().media.transport(id);
    transport.map(|one| one.handle.clone()).ok_or_else(|| {
        Refused::not_found(format!("There is no transport {id:?} of this participant"))
    })
}
