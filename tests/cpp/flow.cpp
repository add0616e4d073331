// From a token server to an initialised meeting, with every getter on the way.
//
//   flow BASE_URL API_KEY SECRET
#include <chrono>
#include <string>
#include <vector>

#include "check.hpp"

using namespace std::chrono_literals;

namespace {

vsdk::TimeSeconds now() {
    return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
}

void tokens(const std::string &base, const std::string &api_key, const std::string &secret) {
    const vsdk::Token fetched = vsdk::fetch_token(base + "/get-token");
    CHECK(fetched.expires_at().value() > now());
    vsdk::config_with(vsdk::ConfigOptions()
                          .set_token(fetched.text())
                          .set_api_base_url(base)
                          .set_proxy(nullptr)
                          .set_extra_ca_pem(nullptr)
                          .set_user_agent_suffix("flow/1")
                          .set_clock_check(true)
                          .set_allow_plain_http(false));
    vsdk::config(fetched.text());

    const vsdk::Token bound = vsdk::fetch_token(
        base + "/get-token",
        vsdk::TokenFetchOptions().set_header("X-Login", "pass").set_room_id("abcd").set_participant_id("ann"));
    const vsdk::TokenReport bound_report = vsdk::inspect_token(bound.text());
    CHECK_EQ(bound_report.room_id().value(), "abcd");
    CHECK_EQ(bound_report.participant_id().value(), "ann");
    CHECK(!bound_report.is_usable() || bound_report.time_left().value() > 0s);

    const vsdk::Token minted = vsdk::mint_token(vsdk::TokenMintOptions()
                                                    .set_api_key(api_key)
                                                    .set_secret(secret)
                                                    .add_permission("allow_join")
                                                    .add_role("rtc")
                                                    .set_room_id("abcd")
                                                    .set_participant_id("ann")
                                                    .set_lifetime(10min)
                                                    .set_claims_json(R"({"seat": 7})"));
    const vsdk::TokenReport report =
        vsdk::inspect_token(minted.text(), vsdk::TokenPurpose::join, "abcd", "ann");
    CHECK(report.is_usable());
    CHECK_EQ(report.api_key().value(), api_key);
    CHECK(report.claims_json().value().find("\"seat\":7") != std::string::npos);
    CHECK(report.header_json().value().find("HS256") != std::string::npos);
    CHECK(report.json().find("\"usable\":true") != std::string::npos);
    CHECK(report.time_left().value() <= 600s && report.time_left().value() > 500s);
    CHECK(report.expires_at().value() - report.issued_at().value() == 600s);
    CHECK(minted.expires_at() == report.expires_at());

    const vsdk::TokenReport refused =
        vsdk::inspect_token(minted.text(), vsdk::TokenPurpose::join, "other", "ann");
    CHECK(!refused.is_usable());
    bool found = false;
    for (const vsdk::Finding &finding : refused.findings())
        if (finding.code == vsdk::TokenFinding::room_mismatch) {
            found = true;
            CHECK_EQ(finding.name, "ROOM_MISMATCH");
            CHECK(finding.severity == vsdk::Severity::error);
            CHECK_EQ(finding.service_code.value(), 4022);
            CHECK(!finding.explanation.empty() && !finding.remedy.empty());
        }
    CHECK(found);
}

void rooms() {
    const vsdk::Room made = vsdk::create_room(vsdk::RoomOptions()
                                                  .set_custom_room_id("lesson")
                                                  .set_geo_fence("eu001")
                                                  .set_webhook_url("https://example.org/hook")
                                                  .add_webhook_event("session*")
                                                  .set_auto_close("session-ends", 60)
                                                  .set_auto_start_json(R"({"recording": {}})")
                                                  .set_multi_composition(true, false, false)
                                                  .add_allowed_participant_id("ann"));
    CHECK(!made.id().empty());
    CHECK_EQ(made.custom_id().value(), "lesson");
    CHECK(made.database_id() && made.user_id() && made.created_at() && made.updated_at());
    CHECK(!made.is_disabled());
    CHECK(made.json().find(made.id()) != std::string::npos);
    CHECK(!made.room_link() || !made.room_link().value().empty());
    CHECK(!made.session_link() || !made.session_link().value().empty());
    CHECK(!made.auto_close_duration() || made.auto_close_duration().value() == 60);
    for (const auto &text : {made.api_key(), made.geo_fence(), made.webhook_url(),
                             made.auto_close_type(), made.auto_start_json()})
        CHECK(!text || !text->empty());

    CHECK_EQ(vsdk::validate_room("lesson").id(), made.id());
    CHECK_EQ(vsdk::get_room(made.id(), vsdk::RequestOptions(), 10s).id(), made.id());

    const vsdk::Room second = vsdk::create_room();
    const vsdk::RoomList all = vsdk::list_rooms();
    std::vector<std::string> ids;
    for (const vsdk::Room &room : all)
        ids.push_back(room.id());
    CHECK_EQ(ids.size(), 2U);
    CHECK_EQ(ids[0], second.id());
    CHECK_EQ(ids[1], made.id());
    CHECK_EQ(all.at(1).id(), made.id());
    CHECK_THROWS(invalid_argument, all.at(2));
    CHECK_EQ(all.size(), 2U);
    CHECK(!all.empty());
    CHECK_EQ(all.page(), 1);
    CHECK_EQ(all.last_page(), 1);
    CHECK_EQ(all.total(), 2);
    CHECK(all.per_page() > 0);
    const vsdk::RoomList page =
        vsdk::list_rooms(vsdk::RoomListOptions().set_page(2).set_per_page(1));
    CHECK_EQ(page.size(), 1U);
    CHECK_EQ((*page.begin()).id(), made.id());
    CHECK_EQ(vsdk::list_rooms(vsdk::RoomListOptions().set_query("lesson")).total(), 1);
    CHECK_THROWS(invalid_argument, vsdk::RoomListOptions().set_page(0));

    CHECK(vsdk::deactivate_room(second.id()).is_disabled());
}

void meeting(const std::string &base) {
    vsdk::MeetingOptions options;
    options.set_json(R"({"meetingId": "elsewhere", "name": "Bea"})")
        .set_meeting_id(vsdk::validate_room("lesson").id())
        .set_token(nullptr)
        .set_participant_id("ann")
        .set_name("Ann")
        .set_mic_enabled(true)
        .set_webcam_enabled(true)
        .set_metadata_json(R"({"seat": 7})")
        .set_mode(vsdk::Mode::send_and_recv)
        .set_preferred_protocol(vsdk::PreferredProtocol::udp_only)
        .set_max_resolution(vsdk::MaxResolution::sd)
        .set_audio_codec(vsdk::AudioCodec::opus)
        .set_peer_type(vsdk::PeerType::agent)
        .set_multi_stream(false)
        .set_auto_consume(false)
        .set_codec_switch_enabled(false)
        .set_batching_enabled(false)
        .set_debug_mode(false)
        .set_chat_enabled(false)
        .set_translation_language("en")
        .set_speaking_language("de")
        .set_device_info_json(R"({"board": "x"})")
        .set_api_base_url(base)
        .set_signaling_base_url(nullptr);
    vsdk::Meeting made = vsdk::init_meeting(options);
    options.close(); // The meeting has its own copy.

    const vsdk::MeetingSnapshot snapshot = made.snapshot();
    CHECK(snapshot.state() == vsdk::MeetingState::initialised);
    CHECK(!snapshot.meeting_id().empty());
    CHECK_EQ(snapshot.participant_id(), "ann");
    CHECK_EQ(snapshot.name(), "Ann");
    CHECK(snapshot.mic_enabled() && snapshot.webcam_enabled());
    CHECK(snapshot.mode() == vsdk::Mode::send_and_recv);
    CHECK_EQ(snapshot.metadata_json().value(), R"({"seat":7})");
    CHECK(snapshot.token_expires_at().value() > now());
    CHECK(snapshot.json().find("\"peerType\":\"agent\"") != std::string::npos);

    made.join();
    CHECK(made.snapshot().state() == vsdk::MeetingState::connected);
    made.set_token(vsdk::fetch_token(base + "/get-token").text());
    CHECK_THROWS(token_malformed, made.set_token("not a token"));
    made.leave();
    CHECK(made.snapshot().state() == vsdk::MeetingState::left);
    CHECK(snapshot.state() == vsdk::MeetingState::initialised);
    made.leave();
    made.close();
    made.close();
}

} // namespace

int main(int, char **values) {
    return run([&] {
        tokens(values[1], values[2], values[3]);
        rooms();
        meeting(values[1]);
    });
}
