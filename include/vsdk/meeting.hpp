/// @file
/// Meetings: made from options, joined, read through snapshots and events.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MEETING_HPP
#define VSDK_MEETING_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent.hpp"
#include "bytes.hpp"
#include "content.hpp"
#include "detail.hpp"
#include "event.hpp"
#include "event_range.hpp"
#include "meeting_media.hpp"
#include "meeting_options.hpp"
#include "moderation.hpp"
#include "operation.hpp"
#include "publish_options.hpp"
#include "service.hpp"
#include "service_options.hpp"
#include "snapshot.hpp"
#include "text.hpp"
#include "timeout.hpp"

namespace vsdk {

/// A meeting.
///
/// Everything may be called from any thread and several at once, except what changes the object
/// itself: moving, close() and the destructor. To end a meeting in which another thread waits for
/// events, call leave(): it wakes that thread.
///
/// What asks the service for something comes in two forms. The plain one blocks until the service
/// has answered, at most `timeout`. The one whose name ends in _async does not wait: `then`, if
/// given, receives the result on the library's thread for callbacks; else ask the Op. It throws
/// Error for what shows at once (invalid_argument, resource_exhausted); everything else is the
/// operation's.
///
/// What the plain form throws: Error (invalid_argument, timeout, would_deadlock inside a callback,
/// shutdown, cancelled when the meeting was left meanwhile, invalid_state when this participant is
/// not in the room, connection_lost when it may have been carried out or not, refused with the
/// service's own number). While the connection is made anew it waits for the new one; what was sent
/// already is never sent again.
class Meeting : public MeetingMedia {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Meeting(VsdkMeeting *owned) noexcept : MeetingMedia(owned) {}

    /// Moves the meeting here. Never throws.
    Meeting(Meeting &&) noexcept = default;

    /// Moves the meeting here; the one that was here leaves in the background. Never throws.
    Meeting &operator=(Meeting &&) noexcept = default;

    /// A meeting that was not left leaves in the background. Its handlers are taken out; waits
    /// only for a running call of them. Never throws.
    ~Meeting() = default;

    /// All of the meeting at this moment.
    MeetingSnapshot snapshot() const {
        return detail::make<MeetingSnapshot>(vsdk_meeting_snapshot, native_handle());
    }

    /// Joins the room: connects, asks to be let in where the token demands it, and waits until that
    /// is decided: give it minutes where somebody has to let this participant in.
    ///
    /// Then the state is MeetingState::connected and a snapshot has everybody in the room. After a
    /// failure it is MeetingState::failed, and joining may be tried again. Blocks at most `timeout`.
    /// Throws Error (entry_denied, limit_reached, those of tokens, those of networks and replies,
    /// invalid_state when it is joined or has left, and as above).
    void join(Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_join, native_handle(), timeout.c_value());
    }

    /// Starts join() and does not wait. Cancelled, it is given up, and the meeting may be joined
    /// again.
    Op<void> join_async(Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_join_async, native_handle(),
                                   timeout.c_value());
    }

    /// Leaves: the state becomes MeetingState::left and whoever waits for events is woken. Leaving
    /// twice is no mistake; events that are left can still be read. Waits for the service at most
    /// `timeout`; 0 begins to leave and does not wait. Throws Error (timeout when it goes on by
    /// itself; invalid_argument, would_deadlock, shutdown).
    void leave(Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_leave, native_handle(), timeout.c_value());
    }

    /// Starts leave() and does not wait.
    Op<void> leave_async(Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_leave_async, native_handle(),
                                   timeout.c_value());
    }

    /// Ends the meeting for everybody in the room. Needs a token with the permission to moderate.
    /// Blocks and throws as above.
    void end(Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_end, native_handle(), timeout.c_value());
    }

    /// Starts end() and does not wait.
    Op<void> end_async(Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_end_async, native_handle(),
                                   timeout.c_value());
    }

    /// Makes the connection anew at once: after a change of networks, without waiting until the
    /// loss of the old one is noticed. The state becomes MeetingState::reconnecting, and
    /// MeetingState::connected when it is done. Does not block. Throws Error (invalid_state when
    /// this participant is not in the room).
    void refresh_connection() {
        detail::call(vsdk_meeting_refresh_connection, native_handle());
    }

    /// Publishes a message to all who have subscribed the topic, this participant too. The topic
    /// has at most 1,024 bytes. Blocks and throws as above.
    void publish(const TextArg &topic, const TextArg &message, const PublishOptions &options = {},
                 Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_publish, native_handle(), topic.c_str(), message.c_str(),
                     options.native_handle(), timeout.c_value());
    }

    /// Starts publish() and does not wait; topic, message and options are copied.
    Op<void> publish_async(const TextArg &topic, const TextArg &message,
                           const PublishOptions &options = {}, Timeout timeout = default_timeout,
                           Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_publish_async, native_handle(),
                                   topic.c_str(), message.c_str(), options.native_handle(),
                                   timeout.c_value());
    }

    /// Subscribes a topic of at most 1,024 bytes: its messages come as events
    /// (EventType::message), in the order in which the service took them.
    ///
    /// Messages that were kept come first, as events before this has succeeded. On a new connection
    /// it is subscribed again by itself. Blocks and throws as above.
    void subscribe(const TextArg &topic, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_subscribe, native_handle(), topic.c_str(), timeout.c_value());
    }

    /// Starts subscribe() and does not wait.
    Op<void> subscribe_async(const TextArg &topic, Timeout timeout = default_timeout,
                             Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_subscribe_async, native_handle(),
                                   topic.c_str(), timeout.c_value());
    }

    /// From now on no message of the topic comes any more. One that is not subscribed is no
    /// mistake. Does not block.
    void unsubscribe(const TextArg &topic) {
        detail::call(vsdk_meeting_unsubscribe, native_handle(), topic.c_str());
    }

    /// Does something to a participant: lets it in, asks for its microphone, removes it, and so on.
    /// Whether the token permits it, the service decides. Blocks and throws as above.
    void moderate(const TextArg &participant_id, Moderation moderation,
                  Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_moderate, native_handle(), participant_id.c_str(),
                     static_cast<VsdkModeration>(moderation), timeout.c_value());
    }

    /// Starts moderate() and does not wait.
    Op<void> moderate_async(const TextArg &participant_id, Moderation moderation,
                            Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_moderate_async, native_handle(),
                                   participant_id.c_str(), static_cast<VsdkModeration>(moderation),
                                   timeout.c_value());
    }

    /// Changes what this participant does with media; everybody is told. That the service has it
    /// for native clients is inferred. Blocks and throws as above.
    void change_mode(Mode mode, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_change_mode, native_handle(), static_cast<VsdkMode>(mode),
                     timeout.c_value());
    }

    /// Starts change_mode() and does not wait.
    Op<void> change_mode_async(Mode mode, Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_change_mode_async,
                                   native_handle(), static_cast<VsdkMode>(mode), timeout.c_value());
    }

    /// Goes to another meeting, as the same participant, with this token or, when it is absent, the
    /// present one.
    ///
    /// The state is MeetingState::connecting on the way and MeetingState::connected there; a
    /// snapshot has the other meeting's id then. Topics and observed values do not come along. What
    /// fails after it has left the one meeting ends in MeetingState::failed; joining then leads
    /// back to the meeting that it was in. Blocks and throws as above, and those of tokens.
    void switch_to(const TextArg &meeting_id, const TextArg &token = nullptr,
                   Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_switch_to, native_handle(), meeting_id.c_str(), token.c_str(),
                     timeout.c_value());
    }

    /// Starts switch_to() and does not wait.
    Op<void> switch_to_async(const TextArg &meeting_id, const TextArg &token = nullptr,
                             Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_switch_to_async, native_handle(),
                                   meeting_id.c_str(), token.c_str(), timeout.c_value());
    }

    /// Asks a participant to go on in another meeting, with EventType::switch_requested; it
    /// decides. A token for there and a JSON value go with it unless they are absent. Blocks and
    /// throws as above.
    void request_switch(const TextArg &participant_id, const TextArg &meeting_id,
                        const TextArg &token = nullptr, const TextArg &payload_json = nullptr,
                        Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_request_switch, native_handle(), participant_id.c_str(),
                     meeting_id.c_str(), token.c_str(), payload_json.c_str(), timeout.c_value());
    }

    /// Starts request_switch() and does not wait.
    Op<void> request_switch_async(const TextArg &participant_id, const TextArg &meeting_id,
                                  const TextArg &token = nullptr,
                                  const TextArg &payload_json = nullptr,
                                  Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_request_switch_async,
                                   native_handle(), participant_id.c_str(), meeting_id.c_str(),
                                   token.c_str(), payload_json.c_str(), timeout.c_value());
    }

    /// Starts a service, such as a recording; it has succeeded when the service agreed. How far it
    /// is, events such as EventType::recording_state_changed tell everybody, and
    /// MeetingSnapshot::service_state() has the latest. Blocks and throws as above.
    void start_service(ServiceKind kind, const ServiceOptions &options = {},
                       Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_start_service, native_handle(),
                     static_cast<VsdkServiceKind>(kind), options.native_handle(),
                     timeout.c_value());
    }

    /// Starts start_service() and does not wait; the options are copied.
    Op<void> start_service_async(ServiceKind kind, const ServiceOptions &options = {},
                                 Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_start_service_async,
                                   native_handle(), static_cast<VsdkServiceKind>(kind),
                                   options.native_handle(), timeout.c_value());
    }

    /// Stops a service. Blocks and throws as above.
    void stop_service(ServiceKind kind, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_stop_service, native_handle(), static_cast<VsdkServiceKind>(kind),
                     timeout.c_value());
    }

    /// Starts stop_service() and does not wait.
    Op<void> stop_service_async(ServiceKind kind, Timeout timeout = default_timeout,
                                Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_stop_service_async,
                                   native_handle(), static_cast<VsdkServiceKind>(kind),
                                   timeout.c_value());
    }

    /// Has what is said translated into another language, e.g. "en", for this participant, while
    /// the translation runs. Everybody is told. Blocks and throws as above.
    void change_translation_language(const TextArg &language, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_change_translation_language, native_handle(), language.c_str(),
                     timeout.c_value());
    }

    /// Starts change_translation_language() and does not wait.
    Op<void> change_translation_language_async(const TextArg &language,
                                               Timeout timeout = default_timeout,
                                               Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_change_translation_language_async,
                                   native_handle(), language.c_str(), timeout.c_value());
    }

    /// Sets a value that everybody in the session shares and that lasts as long as the session; an
    /// absent one takes it away. Key and value have at most 1,024 bytes each. That the service has
    /// the store for native clients is inferred. Blocks and throws as above.
    void store_set(const TextArg &key, const TextArg &value, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_store_set, native_handle(), key.c_str(), value.c_str(),
                     timeout.c_value());
    }

    /// Starts store_set() and does not wait.
    Op<void> store_set_async(const TextArg &key, const TextArg &value,
                             Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_store_set_async, native_handle(),
                                   key.c_str(), value.c_str(), timeout.c_value());
    }

    /// Reads a value; absent when there is none. Blocks and throws as above.
    std::optional<std::string> store_get(const TextArg &key, Timeout timeout = default_timeout) {
        return detail::make<detail::Content>(vsdk_meeting_store_get, native_handle(), key.c_str(),
                                             timeout.c_value())
            .as<std::optional<std::string>>();
    }

    /// Starts store_get() and does not wait.
    Op<std::optional<std::string>> store_get_async(const TextArg &key,
                                                   Timeout timeout = default_timeout,
                                                   Then<std::optional<std::string>> then = {}) {
        return detail::start<std::optional<std::string>>(
            std::move(then), vsdk_meeting_store_get_async, native_handle(), key.c_str(),
            timeout.c_value());
    }

    /// From now on changes of a value come as EventType::store_value_changed. On a new connection
    /// it is observed again by itself. Blocks and throws as above.
    void store_observe(const TextArg &key, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_store_observe, native_handle(), key.c_str(), timeout.c_value());
    }

    /// Starts store_observe() and does not wait.
    Op<void> store_observe_async(const TextArg &key, Timeout timeout = default_timeout,
                                 Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_store_observe_async,
                                   native_handle(), key.c_str(), timeout.c_value());
    }

    /// From now on changes of a value come no more. Blocks and throws as above.
    void store_stop_observing(const TextArg &key, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_store_stop_observing, native_handle(), key.c_str(),
                     timeout.c_value());
    }

    /// Starts store_stop_observing() and does not wait.
    Op<void> store_stop_observing_async(const TextArg &key, Timeout timeout = default_timeout,
                                        Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_store_stop_observing_async,
                                   native_handle(), key.c_str(), timeout.c_value());
    }

    /// Uploads a file of 1 byte to 10 MiB for those who may join the room, and gives its URL: tell
    /// them, e.g. in a message, and fetch_file() fetches it. The meeting need not be joined.
    ///
    /// Blocks at most `timeout`. Throws Error (invalid_argument, timeout, would_deadlock inside a
    /// callback, shutdown, those of tokens, those of networks and replies).
    std::string upload_file(const TextArg &name, const BytesArg &bytes,
                            Timeout timeout = default_timeout) {
        return detail::make<detail::Content>(vsdk_meeting_upload_file, native_handle(),
                                             name.c_str(), bytes.data(), bytes.size(),
                                             timeout.c_value())
            .as<std::string>();
    }

    /// Starts upload_file() and does not wait; the bytes are copied.
    Op<std::string> upload_file_async(const TextArg &name, const BytesArg &bytes,
                                      Timeout timeout = default_timeout,
                                      Then<std::string> then = {}) {
        return detail::start<std::string>(std::move(then), vsdk_meeting_upload_file_async,
                                          native_handle(), name.c_str(), bytes.data(), bytes.size(),
                                          timeout.c_value());
    }

    /// Fetches a file of at most 64 MiB that somebody has uploaded. The meeting need not be joined.
    /// The token goes only to the server that the meeting uses and to hosts of the service. Blocks
    /// and throws as upload_file().
    std::vector<std::uint8_t> fetch_file(const TextArg &url, Timeout timeout = default_timeout) {
        return detail::make<detail::Content>(vsdk_meeting_fetch_file, native_handle(), url.c_str(),
                                             timeout.c_value())
            .as<std::vector<std::uint8_t>>();
    }

    /// Starts fetch_file() and does not wait.
    Op<std::vector<std::uint8_t>> fetch_file_async(const TextArg &url,
                                                   Timeout timeout = default_timeout,
                                                   Then<std::vector<std::uint8_t>> then = {}) {
        return detail::start<std::vector<std::uint8_t>>(
            std::move(then), vsdk_meeting_fetch_file_async, native_handle(), url.c_str(),
            timeout.c_value());
    }

    /// Tells what this agent is doing; the others get EventType::agent_state_changed. For meetings
    /// with PeerType::agent; on others it throws Error (invalid_state). Blocks and throws as above.
    void send_agent_state(AgentState state, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_send_agent_state, native_handle(),
                     static_cast<VsdkAgentState>(state), timeout.c_value());
    }

    /// Starts send_agent_state() and does not wait.
    Op<void> send_agent_state_async(AgentState state, Timeout timeout = default_timeout,
                                    Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_send_agent_state_async,
                                   native_handle(), static_cast<VsdkAgentState>(state),
                                   timeout.c_value());
    }

    /// Tells what this participant said, the agent itself or somebody to it; the others get
    /// EventType::agent_transcript. With `is_final` these words will not change any more. Agents
    /// only, see send_agent_state(). Blocks and throws as above.
    void send_agent_transcript(const TextArg &participant_id, const TextArg &words, bool is_final,
                               Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_send_agent_transcript, native_handle(), participant_id.c_str(),
                     words.c_str(), detail::flag(is_final), timeout.c_value());
    }

    /// Starts send_agent_transcript() and does not wait.
    Op<void> send_agent_transcript_async(const TextArg &participant_id, const TextArg &words,
                                         bool is_final, Timeout timeout = default_timeout,
                                         Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_send_agent_transcript_async,
                                   native_handle(), participant_id.c_str(), words.c_str(),
                                   detail::flag(is_final), timeout.c_value());
    }

    /// Tells figures of this agent, a JSON object of whatever it measures; the others get
    /// EventType::agent_metrics. Agents only, see send_agent_state(). Blocks and throws as above.
    void send_agent_metrics(const TextArg &metrics_json, Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_send_agent_metrics, native_handle(), metrics_json.c_str(),
                     timeout.c_value());
    }

    /// Starts send_agent_metrics() and does not wait.
    Op<void> send_agent_metrics_async(const TextArg &metrics_json,
                                      Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_send_agent_metrics_async,
                                   native_handle(), metrics_json.c_str(), timeout.c_value());
    }

    /// Leaves, if that was not done, and frees the meeting: when this returns, its handlers are
    /// not running and will not run again, unless it is called from inside one. Again is no
    /// mistake. Waits for the service at most `timeout`; what fails then ends in the background.
    /// Never throws.
    void close(Timeout timeout = default_timeout) noexcept {
        if (*this)
            vsdk_meeting_leave(native_handle(), timeout.c_value(), nullptr);
        Object::close();
    }

    /// Hands in a fresh token: the next time one is needed, this is used. Throws Error
    /// (invalid_state after the end; those of tokens, and the present one stays).
    void set_token(const TextArg &token) {
        detail::call(vsdk_meeting_set_token, native_handle(), token.c_str());
    }

    /// The next event; empty when none came within `timeout`, or when none will come: then
    /// closed() of the answer is true. Blocks at most `timeout`. Throws Error (invalid_state while
    /// an event handler is set; would_deadlock when it would wait inside a callback).
    NextEvent next_event(Timeout timeout = infinite) {
        VsdkEvent *event = nullptr;
        const VsdkStatus status =
            detail::call(vsdk_meeting_next_event, native_handle(), timeout.c_value(), &event);
        if (event != nullptr)
            return NextEvent(Event(event));
        return NextEvent(status == VSDK_STATUS_CLOSED);
    }

    /// The events one after the other: `for (vsdk::Event &event : meeting.events())`. Ends when
    /// the meeting has ended and all its events were read, or when none came within `timeout`:
    /// with 0 it reads what is there. The meeting must outlive it and not be moved meanwhile. Each
    /// step blocks and throws as next_event().
    EventRange events(Timeout timeout = infinite) noexcept { return EventRange(*this, timeout); }

    /// From now on events go to the handler, those that wait first; an empty one lets them wait
    /// again.
    ///
    /// The handler runs on the library's thread for callbacks; a slow one delays the callbacks of
    /// everyone. When this returns, an earlier handler is not running and will not run again,
    /// unless this is called from inside it. Throws Error (resource_exhausted).
    void set_event_handler(EventHandler handler) {
        detail::set_handler(detail::on_event, std::move(handler), vsdk_meeting_set_event_handler,
                            native_handle());
    }

    /// Sets what is called whenever there is something to read after there was nothing; an empty
    /// one is nothing.
    ///
    /// Made for event loops: let it signal the loop, and read there with a timeout of 0 until
    /// there is nothing. Runs as an event handler does. Throws Error (resource_exhausted).
    void set_wake_handler(WakeHandler handler) {
        detail::set_handler(detail::on_wake, std::move(handler), vsdk_meeting_set_wake_handler,
                            native_handle());
    }

    /// A descriptor that polls readable while there is something to read, made on demand. It
    /// belongs to the meeting and lives as long: poll it, never read or close it. Throws Error
    /// (resource_exhausted; unsupported on Windows).
    int event_descriptor() {
        std::int32_t descriptor = -1;
        detail::call(vsdk_meeting_event_descriptor, native_handle(), &descriptor);
        return descriptor;
    }
};

inline void EventRange::advance() { present_ = meeting_->next_event(timeout_); }

/// Makes a meeting from its options, like VideoSDK.initMeeting({...}); the options are copied.
///
/// Checks everything that can be checked without a network: the options, and whether the token can
/// join this room as this participant. The first event is the change to MeetingState::initialised;
/// warnings about the token follow. Does not block. Throws Error (invalid_argument,
/// not_configured, network_insecure, those of tokens). From any thread.
inline Meeting init_meeting(const MeetingOptions &options) {
    return detail::make<Meeting>(vsdk_init_meeting, options.native_handle());
}

} // namespace vsdk

#endif // VSDK_MEETING_HPP
