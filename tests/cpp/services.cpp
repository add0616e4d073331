// What a meeting has running beside itself, and what agents tell of themselves.
//
//   services BASE_URL
#include <cstdint>
#include <functional>
#include <future>
#include <limits>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"
#include "guest.hpp"

using vsdk::EventType;
using vsdk::ServiceKind;
using vsdk::ServiceOptions;
using vsdk::ServiceState;

namespace {

std::string new_room() { return vsdk::create_room().id(); }

// Waits until a service is told to be in that state.
vsdk::Event next(Guest &guest, EventType type, ServiceState state) {
    for (;;) {
        vsdk::Event event = guest.next(type);
        if (event.code() == static_cast<std::int32_t>(state))
            return event;
    }
}

void a_recording() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    Guest bob(room, "bob");
    CHECK_THROWS(invalid_state, ann.meeting.start_service(ServiceKind::recording));
    ann.meeting.join();
    bob.meeting.join();
    CHECK(!bob.meeting.snapshot().service_state(ServiceKind::recording));

    ann.meeting.start_service(ServiceKind::recording,
                              ServiceOptions()
                                  .set_layout(vsdk::Layout::sidebar)
                                  .set_layout_priority(vsdk::LayoutPriority::speaker)
                                  .set_grid_size(9)
                                  .set_theme(vsdk::Theme::default_)
                                  .set_content(vsdk::ServiceContent::video_and_audio)
                                  .set_quality(vsdk::ServiceQuality::ultra)
                                  .set_orientation(vsdk::Orientation::landscape)
                                  .set_webhook_url("https://a.example/hook")
                                  .set_json(R"({"awsDirPath":"lessons"})"),
                              LONG);
    for (Guest *guest : {&ann, &bob}) {
        const vsdk::Event told = next(*guest, EventType::recording_state_changed, ServiceState::started);
        CHECK_EQ(told.text().value(), "RECORDING_STARTED");
        CHECK(guest->meeting.snapshot().service_state(ServiceKind::recording) == ServiceState::started);
    }
    CHECK(!bob.meeting.snapshot().service_state(ServiceKind::hls));
    CHECK(!bob.meeting.snapshot().service_state(static_cast<ServiceKind>(99)));

    // Who comes later hears of it too.
    Guest cem(room, "cem");
    cem.meeting.join();
    next(cem, EventType::recording_state_changed, ServiceState::started);

    bob.meeting.stop_service(ServiceKind::recording);
    for (Guest *guest : {&ann, &bob, &cem}) {
        next(*guest, EventType::recording_state_changed, ServiceState::stopped);
        CHECK(guest->meeting.snapshot().service_state(ServiceKind::recording) == ServiceState::stopped);
    }

    const vsdk::Error error = CHECK_THROWS(refused, ann.meeting.stop_service(ServiceKind::recording, LONG));
    CHECK_EQ(error.operation(), "meeting_stop_service");
    CHECK_EQ(error.service_code().value(), 4012);
    CHECK(error.service_text().value().find("does not run") != std::string::npos);
    CHECK(!error.message().empty() && !error.remedy().empty());
    CHECK_THROWS(invalid_argument, ann.meeting.start_service(static_cast<ServiceKind>(99)));
    CHECK_THROWS(invalid_argument, ann.meeting.stop_service_async(static_cast<ServiceKind>(99)));
}

// Each option goes where it is meant to: a service that does not know it names it.
void options_by_their_names() {
    Guest ann(new_room(), "ann");
    ann.meeting.join();
    const std::vector<std::pair<std::string, std::function<void(ServiceOptions &)>>> setters = {
        {"layout", [](ServiceOptions &it) { it.set_layout(vsdk::Layout::grid); }},
        {"layout_priority", [](ServiceOptions &it) { it.set_layout_priority(vsdk::LayoutPriority::pin); }},
        {"grid_size", [](ServiceOptions &it) { it.set_grid_size(1); }},
        {"theme", [](ServiceOptions &it) { it.set_theme(vsdk::Theme::dark); }},
        {"content", [](ServiceOptions &it) { it.set_content(vsdk::ServiceContent::audio); }},
        {"quality", [](ServiceOptions &it) { it.set_quality(vsdk::ServiceQuality::low); }},
        {"orientation", [](ServiceOptions &it) { it.set_orientation(vsdk::Orientation::portrait); }},
        {"outputs", [](ServiceOptions &it) { it.add_output("rtmp://a.example/live", "key"); }},
        {"webhook_url", [](ServiceOptions &it) { it.set_webhook_url("https://a.example/hook"); }},
        {"language", [](ServiceOptions &it) { it.set_language("de"); }},
    };
    for (const auto &[name, set] : setters) {
        ServiceOptions options;
        set(options);
        const vsdk::Error error =
            CHECK_THROWS(invalid_argument, ann.meeting.start_service(ServiceKind::whiteboard, options));
        CHECK_EQ(error.message(), "`" + name + "` is no option of the service `whiteboard`");
    }

    ServiceOptions options;
    CHECK_THROWS(invalid_argument, options.set_layout(static_cast<vsdk::Layout>(99)));
    CHECK_THROWS(invalid_argument, options.set_layout_priority(static_cast<vsdk::LayoutPriority>(99)));
    CHECK_THROWS(invalid_argument, options.set_theme(static_cast<vsdk::Theme>(99)));
    CHECK_THROWS(invalid_argument, options.set_content(static_cast<vsdk::ServiceContent>(99)));
    CHECK_THROWS(invalid_argument, options.set_quality(static_cast<vsdk::ServiceQuality>(99)));
    CHECK_THROWS(invalid_argument, options.set_orientation(static_cast<vsdk::Orientation>(99)));
    for (const std::int32_t participants : {0, -1, std::numeric_limits<std::int32_t>::min()})
        CHECK_THROWS(invalid_argument, options.set_grid_size(participants));
    CHECK_THROWS(invalid_argument, options.set_json("[]"));
    CHECK_THROWS(invalid_argument, options.set_json(R"({"config":7})"));
    CHECK_THROWS(null_pointer, options.add_output("rtmp://a.example/live", nullptr));
    const vsdk::Error no_url = CHECK_THROWS(invalid_argument, options.add_output("", "key"));
    CHECK(no_url.message().find("`url`") != std::string::npos);
    // What is not checked before it is sent, the service refuses.
    const auto bad = [&] {
        ann.meeting.start_service(ServiceKind::livestream, ServiceOptions().set_json(R"({"outputs":[{"url":""}]})"));
    };
    CHECK_EQ(CHECK_THROWS(refused, bad()).service_code().value(), 4015);
    // Absent is as if nothing had been set.
    options.set_webhook_url("https://a.example").set_webhook_url(nullptr);
    options.set_language("de").set_language(std::nullopt);
    options.set_json(R"({"unknown":1})").set_json(nullptr);
    ann.meeting.start_service(ServiceKind::whiteboard, options);
    next(ann, EventType::whiteboard_state_changed, ServiceState::started);
}

void stream_keys_are_secret() {
    std::mutex mutex;
    std::string log;
    vsdk::set_log_handler(vsdk::LogLevel::trace, [&](vsdk::LogLevel, std::string_view, std::string_view line) {
        const std::lock_guard<std::mutex> lock(mutex);
        log.append(line).append("\n");
    });
    Guest ann(new_room(), "ann");
    ann.meeting.join();
    CHECK_THROWS(invalid_argument, ann.meeting.start_service(ServiceKind::livestream));
    ServiceOptions options;
    options.add_output("rtmp://a.example/live", "hunter22-stream-key").add_output("rtmp://b.example", "other");
    ann.meeting.start_service_async(ServiceKind::livestream, options).get();
    next(ann, EventType::livestream_state_changed, ServiceState::started);
    const vsdk::Error error = CHECK_THROWS(refused, ann.meeting.start_service(ServiceKind::livestream, options));
    CHECK_EQ(error.service_code().value(), 4013);
    ann.meeting.leave();
    vsdk::set_log_handler(vsdk::LogLevel::off, nullptr);
    const std::lock_guard<std::mutex> lock(mutex);
    CHECK(!log.empty());
    CHECK((log + error.what()).find("hunter22") == std::string::npos);
}

void words() {
    Guest ann(new_room(), "ann");
    ann.meeting.join();
    ann.meeting.start_service(ServiceKind::transcription, ServiceOptions().set_language("de"));
    next(ann, EventType::transcription_state_changed, ServiceState::started);

    CHECK_EQ(CHECK_THROWS(refused, ann.meeting.change_translation_language("de")).service_code().value(), 4044);
    ann.meeting.start_service(ServiceKind::translation);
    ann.meeting.change_translation_language("de", LONG);
    vsdk::Event changed = ann.next(EventType::translation_language_changed);
    CHECK_EQ(changed.participant_id().value(), "ann");
    CHECK_EQ(changed.text().value(), "de");
    ann.meeting.change_translation_language_async("fr").get();
    CHECK_EQ(ann.next(EventType::translation_language_changed).text().value(), "fr");

    // As a future, and into a callback.
    std::promise<void> promise;
    std::future<void> stopped = promise.get_future();
    ann.meeting.stop_service_async(ServiceKind::translation, LONG, vsdk::fulfil(std::move(promise)));
    stopped.get();
    std::promise<void> told;
    ann.meeting.stop_service_async(ServiceKind::translation, LONG, [&](vsdk::Result<void> result) {
        CHECK_THROWS(refused, result.value());
        CHECK_EQ(result.error().service_code().value(), 4043);
        told.set_value();
    });
    told.get_future().get();
}

void agents() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    Guest agent(vsdk::MeetingOptions()
                    .set_meeting_id(room)
                    .set_participant_id("agent")
                    .set_name("Agent")
                    .set_peer_type(vsdk::PeerType::agent));
    ann.meeting.join();
    agent.meeting.join();
    ann.next(EventType::participant_joined, "agent");

    const std::pair<vsdk::AgentState, std::string> states[] = {{vsdk::AgentState::listening, "listening"},
                                                               {vsdk::AgentState::thinking, "thinking"},
                                                               {vsdk::AgentState::speaking, "speaking"},
                                                               {vsdk::AgentState::idle, "idle"}};
    for (const auto &[state, name] : states) {
        agent.meeting.send_agent_state(state, LONG);
        CHECK_EQ(ann.next(EventType::agent_state_changed, "agent").text().value(), name);
        CHECK_EQ(ann.sees("agent").agent_state().value(), name);
    }
    agent.meeting.send_agent_state_async(vsdk::AgentState::speaking).get();
    CHECK_EQ(ann.next(EventType::agent_state_changed, "agent").text().value(), "speaking");

    for (const bool is_final : {false, true}) {
        agent.meeting.send_agent_transcript("ann", "hello é😀", is_final, LONG);
        const vsdk::Event said = ann.next(EventType::agent_transcript, "ann");
        CHECK_EQ(said.text().value(), "hello é😀");
        CHECK_EQ(said.json().find(R"("type":"final")") != std::string::npos, is_final);
    }
    agent.meeting.send_agent_transcript_async("agent", "hi", true).get();
    CHECK_EQ(ann.next(EventType::agent_transcript, "agent").text().value(), "hi");

    agent.meeting.send_agent_metrics(R"({"latencyMs":250})", LONG);
    CHECK(ann.next(EventType::agent_metrics, "agent").json().find("250") != std::string::npos);
    agent.meeting.send_agent_metrics_async(R"({"latencyMs":375})").get();
    CHECK(ann.next(EventType::agent_metrics, "agent").json().find("375") != std::string::npos);
    CHECK_THROWS(invalid_argument, agent.meeting.send_agent_metrics("[]"));
    CHECK_THROWS(invalid_argument, agent.meeting.send_agent_state(static_cast<vsdk::AgentState>(99)));

    const vsdk::Error error = CHECK_THROWS(invalid_state, ann.meeting.send_agent_state(vsdk::AgentState::idle));
    CHECK_EQ(error.operation(), "meeting_send_agent_state");
    CHECK_EQ(error.service_code().value(), 3068);
    CHECK_THROWS(invalid_state, ann.meeting.send_agent_transcript("ann", "hello", true));
    CHECK_THROWS(invalid_state, ann.meeting.send_agent_metrics("{}"));
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        a_recording();
        options_by_their_names();
        stream_keys_are_secret();
        words();
        agents();
    });
}
