/* What a meeting has beside itself: services, shared values, files, other meetings, agents.
 *
 * Arguments: the service, and two rooms.
 */
#include "room.h"

static const char *other_room;

static void recording(const VsdkMeeting *ann, const VsdkMeeting *bob) {
    VsdkServiceOptions *options = vsdk_service_options_new();
    VsdkMeetingSnapshot *snapshot = NULL;
    CHECK_OK(vsdk_service_options_set_layout(options, VSDK_LAYOUT_SPOTLIGHT, &error));
    CHECK_OK(vsdk_service_options_set_layout_priority(options, VSDK_LAYOUT_PRIORITY_PIN, &error));
    CHECK_OK(vsdk_service_options_set_grid_size(options, 4, &error));
    CHECK_OK(vsdk_service_options_set_theme(options, VSDK_THEME_DARK, &error));
    CHECK_OK(vsdk_service_options_set_content(options, VSDK_SERVICE_CONTENT_AUDIO, &error));
    CHECK_OK(vsdk_service_options_set_quality(options, VSDK_SERVICE_QUALITY_HIGH, &error));
    CHECK_OK(vsdk_service_options_set_orientation(options, VSDK_ORIENTATION_PORTRAIT, &error));
    CHECK_OK(vsdk_service_options_set_webhook_url(options, "https://a.example/hook", &error));
    CHECK_OK(vsdk_service_options_set_json(options, "{\"awsDirPath\":\"lessons\"}", &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_service_options_set_layout(options, 9, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_service_options_set_grid_size(options, 0, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_service_options_set_json(options, "[]", &error));

    CHECK_OK(vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_RECORDING, options, VSDK_TIMEOUT_DEFAULT, &error));
    see(bob, VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED, NULL, VSDK_SERVICE_STATE_STARTED);
    CHECK_OK(vsdk_meeting_snapshot(bob, &snapshot, &error));
    CHECK_NUMBER(VSDK_SERVICE_STATE_STARTED,
                 vsdk_meeting_snapshot_service_state(snapshot, VSDK_SERVICE_KIND_RECORDING));
    CHECK_NUMBER(0, vsdk_meeting_snapshot_service_state(snapshot, VSDK_SERVICE_KIND_HLS));
    CHECK_NUMBER(0, vsdk_meeting_snapshot_service_state(snapshot, 99));
    vsdk_meeting_snapshot_free(snapshot);
    CHECK_OK(vsdk_meeting_stop_service(bob, VSDK_SERVICE_KIND_RECORDING, VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED, NULL, VSDK_SERVICE_STATE_STOPPED);

    CHECK_FAILS_AND_KEEP(VSDK_STATUS_REFUSED, vsdk_meeting_stop_service(bob, VSDK_SERVICE_KIND_RECORDING,
                                                                        VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_NUMBER(4012, vsdk_error_service_code(error));
    CHECK(strlen(vsdk_error_service_text(error)) > 0);
    forget_error();
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_start_service(ann, 0, NULL, VSDK_TIMEOUT_DEFAULT, &error));
    /* A whiteboard has no layout. */
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_WHITEBOARD, options,
                                                                         VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_service_options_free(options);
}

static void livestream_and_words(const VsdkMeeting *ann) {
    VsdkServiceOptions *options = vsdk_service_options_new();
    VsdkOp *op = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_LIVESTREAM, NULL,
                                                                         VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_service_options_add_output(options, "", "key", &error));
    CHECK_OK(vsdk_service_options_add_output(options, "rtmp://a.example/live", "key", &error));
    CHECK_OK(vsdk_meeting_start_service_async(ann, VSDK_SERVICE_KIND_LIVESTREAM, options, VSDK_TIMEOUT_DEFAULT,
                                              NULL, NULL, NULL, &op, &error));
    vsdk_service_options_free(options); /* they were copied */
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_op_outcome(op, &error));
    vsdk_op_free(op);
    see(ann, VSDK_EVENT_TYPE_LIVESTREAM_STATE_CHANGED, NULL, VSDK_SERVICE_STATE_STARTED);

    options = vsdk_service_options_new();
    CHECK_OK(vsdk_service_options_set_language(options, "de", &error));
    CHECK_OK(vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_TRANSCRIPTION, options, VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_TRANSCRIPTION_STATE_CHANGED, NULL, VSDK_SERVICE_STATE_STARTED);
    vsdk_service_options_free(options);
    CHECK_OK(vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_TRANSLATION, NULL, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_change_translation_language(ann, "fr", VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_TRANSLATION_LANGUAGE_CHANGED, "ann", ANY);
}

static void values(const VsdkMeeting *ann, const VsdkMeeting *bob) {
    VsdkContent *value = NULL;
    const uint8_t *payload = NULL;
    size_t length = 0;
    CHECK_OK(vsdk_meeting_store_get(ann, "colour", VSDK_TIMEOUT_DEFAULT, &value, &error));
    CHECK(value == NULL); /* there is none */
    CHECK_OK(vsdk_meeting_store_observe(bob, "colour", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_meeting_store_set(ann, "colour", "blue ☃", VSDK_TIMEOUT_DEFAULT, &error));
    VsdkEvent *event = await(bob, VSDK_EVENT_TYPE_STORE_VALUE_CHANGED, "ann", 1);
    CHECK_OK(vsdk_event_payload(event, &payload, &length, &error));
    CHECK(length == strlen("blue ☃") && memcmp(payload, "blue ☃", length) == 0);
    vsdk_event_free(event);

    VsdkOp *op = NULL;
    CHECK_OK(vsdk_meeting_store_get_async(bob, "colour", VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_op_take_content(op, &value, &error));
    CHECK_TEXT("blue ☃", vsdk_content_text(value));
    vsdk_content_free(value);
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_content(op, &value, &error));
    CHECK(value == NULL);
    vsdk_op_free(op);

    CHECK_OK(vsdk_meeting_store_set(ann, "colour", NULL, VSDK_TIMEOUT_DEFAULT, &error));
    see(bob, VSDK_EVENT_TYPE_STORE_VALUE_CHANGED, "ann", 0);
    CHECK_OK(vsdk_meeting_store_stop_observing(bob, "colour", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_meeting_store_set(ann, "", "x", VSDK_TIMEOUT_DEFAULT, &error));
}

static void files(const VsdkMeeting *ann, const VsdkMeeting *bob) {
    static const uint8_t picture[] = {0x89, 'P', 'N', 'G', 0, 0xff, 0, '\n'};
    VsdkContent *url = NULL, *content = NULL;
    const uint8_t *bytes = NULL;
    size_t length = 0;
    CHECK_OK(vsdk_meeting_upload_file(ann, "a picture.png", picture, sizeof picture, VSDK_TIMEOUT_DEFAULT, &url, &error));
    CHECK(strncmp(vsdk_content_text(url), "http", 4) == 0);
    CHECK_OK(vsdk_meeting_fetch_file(bob, vsdk_content_text(url), VSDK_TIMEOUT_DEFAULT, &content, &error));
    CHECK_OK(vsdk_content_bytes(content, &bytes, &length, &error));
    CHECK(length == sizeof picture && memcmp(bytes, picture, length) == 0);
    CHECK(vsdk_content_text(content) == NULL); /* no text */
    vsdk_content_free(content);
    content = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_upload_file(ann, "empty", NULL, 0, VSDK_TIMEOUT_DEFAULT, &content, &error));
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER,
                vsdk_meeting_upload_file(ann, "none", NULL, 1, VSDK_TIMEOUT_DEFAULT, &content, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_fetch_file(bob, "no url", VSDK_TIMEOUT_DEFAULT, &content, &error));
    CHECK(content == NULL);
    vsdk_content_free(url);
}

static void agents(const VsdkMeeting *ann) {
    VsdkMeeting *agent = meeting_as("agent", "Agent", NULL, 1);
    CHECK_OK(vsdk_meeting_join(agent, VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_PARTICIPANT_JOINED, "agent", ANY);
    CHECK_OK(vsdk_meeting_send_agent_state(agent, VSDK_AGENT_STATE_THINKING, VSDK_TIMEOUT_DEFAULT, &error));
    VsdkEvent *event = await(ann, VSDK_EVENT_TYPE_AGENT_STATE_CHANGED, "agent", ANY);
    CHECK_TEXT("thinking", vsdk_event_text(event));
    vsdk_event_free(event);
    CHECK_OK(vsdk_meeting_send_agent_transcript(agent, "ann", "hello", 1, VSDK_TIMEOUT_DEFAULT, &error));
    event = await(ann, VSDK_EVENT_TYPE_AGENT_TRANSCRIPT, "ann", ANY);
    CHECK_TEXT("hello", vsdk_event_text(event));
    vsdk_event_free(event);
    CHECK_OK(vsdk_meeting_send_agent_metrics(agent, "{\"latencyMs\":250}", VSDK_TIMEOUT_DEFAULT, &error));
    see(ann, VSDK_EVENT_TYPE_AGENT_METRICS, NULL, ANY);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_send_agent_metrics(agent, "[]", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                vsdk_meeting_send_agent_state(ann, VSDK_AGENT_STATE_IDLE, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(agent);
}

static void switching(const VsdkMeeting *ann, const VsdkMeeting *bob) {
    VsdkMeetingSnapshot *snapshot = NULL;
    CHECK_OK(vsdk_meeting_request_switch(ann, "bob", other_room, NULL, "{\"table\":7}", VSDK_TIMEOUT_DEFAULT, &error));
    VsdkEvent *event = await(bob, VSDK_EVENT_TYPE_SWITCH_REQUESTED, "ann", ANY);
    CHECK_TEXT(other_room, vsdk_event_text(event));
    CHECK_OK(vsdk_meeting_switch_to(bob, vsdk_event_text(event), NULL, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_event_free(event);
    see(ann, VSDK_EVENT_TYPE_PARTICIPANT_LEFT, "bob", ANY);
    CHECK_OK(vsdk_meeting_snapshot(bob, &snapshot, &error));
    CHECK_TEXT(other_room, vsdk_meeting_snapshot_meeting_id(snapshot));
    CHECK_NUMBER(1, vsdk_meeting_snapshot_participant_count(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_request_switch(ann, "bob", other_room, NULL, "no JSON", VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_TOKEN_MALFORMED,
                vsdk_meeting_switch_to(ann, other_room, "no token", VSDK_TIMEOUT_DEFAULT, &error));
}

int main(int count, char **words) {
    CHECK(count == 4);
    configure(words[1]);
    room = words[2];
    other_room = words[3];
    VsdkMeeting *ann = joined_as("ann", "Ann"), *bob = joined_as("bob", "Bob");
    recording(ann, bob);
    livestream_and_words(ann);
    values(ann, bob);
    files(ann, bob);
    agents(ann);
    switching(ann, bob);
    vsdk_meeting_free(ann);
    vsdk_meeting_free(bob);
    return all_is_over();
}
