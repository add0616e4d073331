/* From a token server's address to an initialised meeting, with a look at every getter. */
#include "service.h"

static void look_at_token(const VsdkToken *token, const char *api_key) {
    VsdkTokenReport *report = NULL;
    int64_t now = time(NULL);
    const char *text = vsdk_token_text(token);

    CHECK(text != NULL && strchr(text, '.') != strrchr(text, '.'));
    CHECK(vsdk_token_expires_at_s(token) > now);
    CHECK_OK(vsdk_token_inspect_for(text, VSDK_TOKEN_PURPOSE_JOIN, "abcd-efgh-ijkl", "ann", &report,
                                    &error));
    CHECK_NUMBER(1, vsdk_token_report_is_usable(report));
    CHECK_TEXT(api_key, vsdk_token_report_api_key(report));
    CHECK_NUMBER(vsdk_token_expires_at_s(token), vsdk_token_report_expires_at_s(report));
    CHECK(vsdk_token_report_issued_at_s(report) <= vsdk_token_report_expires_at_s(report));
    CHECK(vsdk_token_report_seconds_left(report) > 0);
    CHECK_TEXT(NULL, vsdk_token_report_room_id(report));
    CHECK_TEXT(NULL, vsdk_token_report_participant_id(report));
    CHECK(strstr(vsdk_token_report_header_json(report), "\"HS256\"") != NULL);
    CHECK(strstr(vsdk_token_report_claims_json(report), api_key) != NULL);
    CHECK(vsdk_token_report_json(report)[0] == '{');
    for (size_t index = 0; index < vsdk_token_report_finding_count(report); ++index) {
        CHECK(vsdk_token_report_finding_code(report, index) >= VSDK_TOKEN_FINDING_EMPTY);
        CHECK(vsdk_token_report_finding_severity(report, index) < VSDK_SEVERITY_ERROR);
        CHECK(strlen(vsdk_token_report_finding_name(report, index)) > 0);
        CHECK(strlen(vsdk_token_report_finding_explanation(report, index)) > 0);
        CHECK(vsdk_token_report_finding_remedy(report, index) != NULL);
        CHECK_NUMBER(0, vsdk_token_report_finding_service_code(report, index));
    }
    vsdk_token_report_free(report);
}

static VsdkRoom *create_room(const char *api_key) {
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = vsdk_room_options_new();

    CHECK_OK(vsdk_room_options_set_custom_room_id(options, "lesson 1/2 \xc3\xa4", &error));
    CHECK_OK(vsdk_room_options_set_geo_fence(options, "eu", &error));
    CHECK_OK(vsdk_room_options_set_webhook_url(options, "https://app.example/hook", &error));
    CHECK_OK(vsdk_room_options_add_webhook_event(options, "participant-joined", &error));
    CHECK_OK(vsdk_room_options_set_auto_close(options, "session-ends", 60, &error));
    CHECK_OK(vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error));
    vsdk_room_options_free(options);

    CHECK_NUMBER(14, (int64_t)strlen(vsdk_room_id(room)));
    CHECK_TEXT("lesson 1/2 \xc3\xa4", vsdk_room_custom_id(room));
    CHECK_NUMBER(24, (int64_t)strlen(vsdk_room_database_id(room)));
    CHECK(strlen(vsdk_room_user_id(room)) > 0);
    CHECK_TEXT(api_key, vsdk_room_api_key(room));
    CHECK(vsdk_room_geo_fence(room) != NULL);
    CHECK_TEXT("https://app.example/hook", vsdk_room_webhook_url(room));
    CHECK_TEXT("session-ends", vsdk_room_auto_close_type(room));
    CHECK_NUMBER(60, vsdk_room_auto_close_duration(room));
    CHECK_TEXT(NULL, vsdk_room_auto_start_json(room));
    CHECK(strstr(vsdk_room_created_at(room), "T") != NULL);
    CHECK(strstr(vsdk_room_updated_at(room), "T") != NULL);
    CHECK(strstr(vsdk_room_room_link(room), vsdk_room_id(room)) != NULL);
    CHECK(vsdk_room_session_link(room) != NULL);
    CHECK_NUMBER(0, vsdk_room_is_disabled(room));
    CHECK(strstr(vsdk_room_json(room), vsdk_room_database_id(room)) != NULL);
    return room;
}

static void look_a_room_up(const VsdkRoom *room) {
    VsdkRoom *found = NULL;
    VsdkRoomList *list = NULL;

    CHECK_OK(vsdk_room_validate(vsdk_room_custom_id(room), NULL, VSDK_TIMEOUT_DEFAULT, &found, &error));
    CHECK_TEXT(vsdk_room_id(room), vsdk_room_id(found));
    vsdk_room_free(found);
    CHECK_OK(vsdk_room_get(vsdk_room_id(room), NULL, VSDK_TIMEOUT_DEFAULT, &found, &error));
    CHECK_TEXT(vsdk_room_database_id(room), vsdk_room_database_id(found));
    vsdk_room_free(found);

    CHECK_OK(vsdk_rooms_list(NULL, VSDK_TIMEOUT_DEFAULT, &list, &error));
    CHECK_NUMBER(1, (int64_t)vsdk_room_list_count(list));
    CHECK_NUMBER(1, vsdk_room_list_page(list));
    CHECK_NUMBER(1, vsdk_room_list_last_page(list));
    CHECK_NUMBER(1, vsdk_room_list_total(list));
    CHECK(vsdk_room_list_per_page(list) > 0);
    CHECK_OK(vsdk_room_list_room(list, 0, &found, &error));
    /* The room lives on without the list. */
    vsdk_room_list_free(list);
    CHECK_TEXT(vsdk_room_id(room), vsdk_room_id(found));
    vsdk_room_free(found);

    CHECK_OK(vsdk_room_deactivate(vsdk_room_id(room), NULL, VSDK_TIMEOUT_DEFAULT, &found, &error));
    CHECK_NUMBER(1, vsdk_room_is_disabled(found));
    vsdk_room_free(found);
}

static void look_at_meeting(const VsdkRoom *room, int64_t expires_at_s) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();

    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, vsdk_room_id(room), &error));
    CHECK_OK(vsdk_meeting_options_set_name(options, "Ann", &error));
    CHECK_OK(vsdk_meeting_options_set_mic_enabled(options, 1, &error));
    CHECK_OK(vsdk_meeting_options_set_mode(options, VSDK_MODE_RECV_ONLY, &error));
    CHECK_OK(vsdk_meeting_options_set_metadata_json(options, "{\"seat\": 4}", &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);

    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_INITIALISED, vsdk_meeting_snapshot_state(snapshot));
    CHECK_TEXT(vsdk_room_id(room), vsdk_meeting_snapshot_meeting_id(snapshot));
    CHECK_NUMBER(8, (int64_t)strlen(vsdk_meeting_snapshot_participant_id(snapshot)));
    CHECK_TEXT("Ann", vsdk_meeting_snapshot_name(snapshot));
    CHECK_NUMBER(1, vsdk_meeting_snapshot_mic_enabled(snapshot));
    CHECK_NUMBER(0, vsdk_meeting_snapshot_webcam_enabled(snapshot));
    CHECK_NUMBER(VSDK_MODE_RECV_ONLY, vsdk_meeting_snapshot_mode(snapshot));
    CHECK(strstr(vsdk_meeting_snapshot_metadata_json(snapshot), "\"seat\"") != NULL);
    CHECK_NUMBER(expires_at_s, vsdk_meeting_snapshot_token_expires_at_s(snapshot));
    CHECK(strstr(vsdk_meeting_snapshot_json(snapshot), "\"Ann\"") != NULL);

    VsdkEvent *event = NULL;
    const uint8_t *payload = (const uint8_t *)"unset";
    size_t length = 5;
    CHECK_OK(vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK_NUMBER(VSDK_EVENT_TYPE_STATE_CHANGED, vsdk_event_type(event));
    CHECK_TEXT("STATE_CHANGED", vsdk_event_type_name(event));
    CHECK_NUMBER(1, vsdk_event_sequence(event));
    CHECK(vsdk_event_time_ms(event) / 1000 >= time(NULL) - 600);
    CHECK_TEXT(vsdk_meeting_snapshot_participant_id(snapshot), vsdk_event_participant_id(event));
    CHECK_TEXT(NULL, vsdk_event_track_id(event));
    CHECK_NUMBER(VSDK_MEETING_STATE_INITIALISED, vsdk_event_code(event));
    CHECK_TEXT("INITIALISED", vsdk_event_text(event));
    CHECK_NUMBER(0, vsdk_event_status(event));
    CHECK_OK(vsdk_event_payload(event, &payload, &length, &error));
    CHECK(payload == NULL && length == 0);
    CHECK(strstr(vsdk_event_json(event), "STATE_CHANGED") != NULL);
    vsdk_event_free(event);
    CHECK_STATUS(VSDK_STATUS_NO_EVENT, vsdk_meeting_next_event(meeting, 0, &event, &error));
    CHECK(event == NULL && error == NULL);

    /* The room was deactivated above. */
    CHECK_FAILS(VSDK_STATUS_NOT_FOUND, vsdk_meeting_join(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_snapshot_free(snapshot);
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    CHECK_NUMBER(VSDK_MEETING_STATE_LEFT, vsdk_meeting_snapshot_state(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
    vsdk_meeting_free(meeting);
}

int main(int count, char **words) {
    CHECK(count == 3);
    const char *api_key = words[2];
    VsdkToken *token = NULL;

    CHECK_OK(vsdk_check_abi(VSDK_ABI_VERSION, &error));
    CHECK_TEXT(VSDK_VERSION, vsdk_version());
    CHECK_NUMBER(VSDK_ABI_VERSION, vsdk_abi_version());
    CHECK_NUMBER(1, thread_count()); /* nothing runs before it is needed */

    snprintf(service_url, sizeof service_url, "%s", words[1]);
    CHECK_OK(vsdk_token_fetch(url_at("/get-token", ""), NULL, VSDK_TIMEOUT_DEFAULT, &token, &error));
    look_at_token(token, api_key);
    configure_with(service_url, vsdk_token_text(token));
    VsdkRoom *room = create_room(api_key);
    look_a_room_up(room);
    look_at_meeting(room, vsdk_token_expires_at_s(token));
    printf("room %s\n", vsdk_room_id(room));
    vsdk_room_free(room);
    vsdk_token_free(token);
    return all_is_over();
}
