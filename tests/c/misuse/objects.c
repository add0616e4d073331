#include "objects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *sensible_token;
const char *sensible_url;
const char *sensible_json = "{\"answer\": 42}";
const char *sensible_text = "text";

/* What the objects are made of has to work; the judge could not tell why it does not. */
static void must(VsdkStatus status, VsdkError *const *error) {
    if (status >= 0) return;
    fprintf(stderr, "an object could not be made: %s failed: %s\n", vsdk_error_operation(*error),
            vsdk_error_message(*error));
    exit(2);
}

static const char *service_api_key;
static const char *service_secret;

void prepare_objects(const char *url, const char *api_key, const char *secret) {
    static char token[4096];
    service_api_key = api_key;
    service_secret = secret;

    VsdkError *error = NULL;
    VsdkToken *minted = make_VsdkToken();
    VsdkConfigOptions *options = vsdk_config_options_new();

    snprintf(token, sizeof token, "%s", vsdk_token_text(minted));
    sensible_token = token;
    sensible_url = url;
    must(vsdk_config_options_set_token(options, token, &error), &error);
    must(vsdk_config_options_set_api_base_url(options, url, &error), &error);
    must(vsdk_config_with(options, &error), &error);
    vsdk_config_options_free(options);
    vsdk_token_free(minted);
}

VsdkError *make_VsdkError(void) {
    VsdkError *error = NULL;
    vsdk_check_abi(VSDK_ABI_VERSION + 1, &error);
    return error;
}

VsdkConfigOptions *make_VsdkConfigOptions(void) {
    return vsdk_config_options_new();
}

VsdkToken *make_VsdkToken(void) {
    VsdkError *error = NULL;
    VsdkToken *token = NULL;
    VsdkTokenMintOptions *options = make_VsdkTokenMintOptions();
    must(vsdk_token_mint(options, &token, &error), &error);
    vsdk_token_mint_options_free(options);
    return token;
}

VsdkTokenMintOptions *make_VsdkTokenMintOptions(void) {
    VsdkError *error = NULL;
    VsdkTokenMintOptions *options = vsdk_token_mint_options_new();
    must(vsdk_token_mint_options_set_api_key(options, service_api_key, &error), &error);
    must(vsdk_token_mint_options_set_secret(options, service_secret, &error), &error);
    return options;
}

VsdkTokenFetchOptions *make_VsdkTokenFetchOptions(void) {
    return vsdk_token_fetch_options_new();
}

VsdkTokenReport *make_VsdkTokenReport(void) {
    VsdkError *error = NULL;
    VsdkTokenReport *report = NULL;
    must(vsdk_token_inspect(sensible_token, &report, &error), &error);
    return report;
}

VsdkRequestOptions *make_VsdkRequestOptions(void) {
    return vsdk_request_options_new();
}

VsdkRoomOptions *make_VsdkRoomOptions(void) {
    return vsdk_room_options_new();
}

VsdkRoomListOptions *make_VsdkRoomListOptions(void) {
    return vsdk_room_list_options_new();
}

VsdkRoom *make_VsdkRoom(void) {
    VsdkError *error = NULL;
    VsdkRoom *room = NULL;
    must(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error), &error);
    return room;
}

VsdkRoomList *make_VsdkRoomList(void) {
    VsdkError *error = NULL;
    VsdkRoomList *list = NULL;
    must(vsdk_rooms_list(NULL, VSDK_TIMEOUT_DEFAULT, &list, &error), &error);
    return list;
}

VsdkOp *make_VsdkOp(void) {
    VsdkError *error = NULL;
    VsdkOp *op = NULL;
    must(vsdk_create_room_async(NULL, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error), &error);
    must(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error), &error);
    return op;
}

VsdkMeetingOptions *make_VsdkMeetingOptions(void) {
    VsdkError *error = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    must(vsdk_meeting_options_set_meeting_id(options, "abcd-efgh-ijkl", &error), &error);
    return options;
}

VsdkMeeting *make_VsdkMeeting(void) {
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = make_VsdkMeetingOptions();
    must(vsdk_init_meeting(options, &meeting, &error), &error);
    vsdk_meeting_options_free(options);
    return meeting;
}

VsdkMeetingSnapshot *make_VsdkMeetingSnapshot(void) {
    VsdkError *error = NULL;
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    must(vsdk_meeting_snapshot(meeting, &snapshot, &error), &error);
    vsdk_meeting_free(meeting);
    return snapshot;
}

VsdkEvent *make_VsdkEvent(void) {
    VsdkError *error = NULL;
    VsdkEvent *event = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    must(vsdk_meeting_next_event(meeting, VSDK_TIMEOUT_DEFAULT, &event, &error), &error);
    vsdk_meeting_free(meeting);
    return event;
}

VsdkParticipant *make_VsdkParticipant(void) {
    VsdkError *error = NULL;
    VsdkParticipant *participant = NULL;
    VsdkMeetingSnapshot *snapshot = make_VsdkMeetingSnapshot();
    must(vsdk_meeting_snapshot_participant(snapshot, 0, &participant, &error), &error);
    vsdk_meeting_snapshot_free(snapshot);
    return participant;
}

VsdkPublishOptions *make_VsdkPublishOptions(void) {
    return vsdk_publish_options_new();
}

VsdkServiceOptions *make_VsdkServiceOptions(void) {
    return vsdk_service_options_new();
}

/* A file that was uploaded and fetched again. */
VsdkContent *make_VsdkContent(void) {
    VsdkError *error = NULL;
    VsdkContent *url = NULL;
    VsdkRoom *room = make_VsdkRoom();
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    must(vsdk_meeting_options_set_meeting_id(options, vsdk_room_id(room), &error), &error);
    must(vsdk_init_meeting(options, &meeting, &error), &error);
    must(vsdk_meeting_upload_file(meeting, "a", (const uint8_t *)"b", 1, VSDK_TIMEOUT_DEFAULT, &url, &error), &error);
    vsdk_meeting_free(meeting);
    vsdk_meeting_options_free(options);
    vsdk_room_free(room);
    return url;
}

VsdkTrackOptions *make_VsdkTrackOptions(void) {
    return vsdk_track_options_new(VSDK_TRACK_KIND_AUDIO);
}

VsdkLocalTrack *make_VsdkLocalTrack(void) {
    VsdkError *error = NULL;
    VsdkLocalTrack *track = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    VsdkTrackOptions *options = make_VsdkTrackOptions();
    must(vsdk_meeting_add_track(meeting, options, &track, &error), &error);
    vsdk_track_options_free(options);
    vsdk_meeting_free(meeting);
    return track;
}

VsdkMediaStatistics *make_VsdkMediaStatistics(void) {
    VsdkError *error = NULL;
    VsdkLocalTrack *track = NULL;
    VsdkMediaStatistics *statistics = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    VsdkTrackOptions *options = make_VsdkTrackOptions();
    must(vsdk_meeting_add_track(meeting, options, &track, &error), &error);
    must(vsdk_meeting_media_statistics(meeting, &statistics, &error), &error);
    vsdk_local_track_free(track);
    vsdk_track_options_free(options);
    vsdk_meeting_free(meeting);
    return statistics;
}

VsdkAudioInput *make_VsdkAudioInput(void) {
    VsdkError *error = NULL;
    VsdkAudioInput *input = NULL;
    VsdkLocalTrack *track = make_VsdkLocalTrack();
    must(vsdk_local_track_audio_input(track, 48000, 1, &input, &error), &error);
    vsdk_local_track_free(track);
    return input;
}

VsdkAudioOutput *make_VsdkAudioOutput(void) {
    VsdkError *error = NULL;
    VsdkAudioOutput *output = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    must(vsdk_meeting_audio_mixer(meeting, 48000, 1, &output, &error), &error);
    vsdk_meeting_free(meeting);
    return output;
}

VsdkVideoInput *make_VsdkVideoInput(void) {
    VsdkError *error = NULL;
    VsdkVideoInput *input = NULL;
    VsdkLocalTrack *track = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_VIDEO);
    must(vsdk_meeting_add_track(meeting, options, &track, &error), &error);
    VsdkStatus status = vsdk_local_track_video_input(track, &input, &error);
    if (status == VSDK_STATUS_UNSUPPORTED) vsdk_error_free(error);
    else must(status, &error);
    vsdk_local_track_free(track);
    vsdk_track_options_free(options);
    vsdk_meeting_free(meeting);
    return input;
}

VsdkDeviceList *make_VsdkDeviceList(void) {
    VsdkError *error = NULL;
    VsdkDeviceList *list = NULL;
    VsdkStatus status = vsdk_devices_list(VSDK_DEVICE_KIND_SPEAKER, &list, &error);
    if (status == VSDK_STATUS_UNSUPPORTED) vsdk_error_free(error);
    else must(status, &error);
    return list;
}

VsdkAudioDevice *make_VsdkAudioDevice(void) {
    VsdkError *error = NULL;
    VsdkAudioDevice *device = NULL;
    VsdkMeeting *meeting = make_VsdkMeeting();
    VsdkStatus status = vsdk_audio_device_open_speaker(meeting, "null", &device, &error);
    if (status == VSDK_STATUS_UNSUPPORTED) vsdk_error_free(error);
    else must(status, &error);
    vsdk_meeting_free(meeting);
    return device;
}

VsdkRemoteTrack *make_VsdkRemoteTrack(void) {
    return NULL;
}

VsdkVideoOutput *make_VsdkVideoOutput(void) {
    return NULL;
}

VsdkReceivedPicture *make_VsdkReceivedPicture(void) {
    return NULL;
}

VsdkReceivedFrame *make_VsdkReceivedFrame(void) {
    return NULL;
}

int is_not_to_be_had(const char *type) {
    static const char *const of_others[] = {"VsdkRemoteTrack", "VsdkReceivedFrame", "VsdkVideoOutput", "VsdkReceivedPicture"};
    for (size_t each = 0; each < sizeof of_others / sizeof *of_others; ++each)
        if (strcmp(type, of_others[each]) == 0) return 1;
    int is_there = 1;
    if (strcmp(type, "VsdkVideoInput") == 0) {
        VsdkVideoInput *input = make_VsdkVideoInput();
        is_there = input != NULL;
        vsdk_video_input_free(input);
    } else if (strcmp(type, "VsdkDeviceList") == 0) {
        VsdkDeviceList *list = make_VsdkDeviceList();
        is_there = list != NULL;
        vsdk_device_list_free(list);
    } else if (strcmp(type, "VsdkAudioDevice") == 0) {
        VsdkAudioDevice *device = make_VsdkAudioDevice();
        is_there = device != NULL;
        vsdk_audio_device_free(device);
    }
    return !is_there;
}
