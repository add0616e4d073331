/* Ann sends sound, pictures and data; Bob reads the sound, has the pictures brought, and answers.
 *
 * Frames are made as encoders make them as far as anybody looks into them on the way, with a number
 * in each. Arguments: a service with a media server, and a room.
 */
#include "room.h"

enum { PACKET = 85, PICTURE = 707, KEY_PICTURE = 6014, SOME = 30, PACE_MS = 20 };

static void put_number(uint8_t *at, uint32_t number) {
    for (int each = 0; each < 4; ++each) at[each] = (uint8_t)(number >> (24 - 8 * each));
}

static uint32_t number_at(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* A packet of Opus. */
static size_t make_sound(uint8_t *data, uint32_t number) {
    memset(data, 0x55, PACKET);
    data[0] = 0xfc;
    put_number(data + 1, number);
    return PACKET;
}

/* A picture of VP8 of 640 x 360: a key frame has a start code and its size (RFC 6386, 9.1). */
static size_t make_picture(uint8_t *data, uint32_t number, int is_key_frame) {
    static const uint8_t begin[] = {0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01};
    size_t length = is_key_frame ? KEY_PICTURE : PICTURE, head = is_key_frame ? sizeof begin : 3;
    memset(data, 0x66, length);
    memcpy(data, begin, head);
    if (!is_key_frame) data[0] = 0x11;
    put_number(data + head, number);
    return length;
}

/* ---- Bob ---------------------------------------------------------------------------------------- */

struct seen {
    atomic_int sounds;
    atomic_int pictures;
    atomic_int ends;
    uint32_t last_sound;
    uint32_t last_picture;
    int is_new;                    /* sees the track from its beginning */
    const VsdkRemoteTrack *pulled; /* a track without a handler, or NULL */
    atomic_int refused;
};

/* It is what Ann has made, and the number after the last. */
static void look_at(const VsdkReceivedFrame *frame, struct seen *seen) {
    uint8_t made[KEY_PICTURE];
    const uint8_t *data = NULL;
    size_t length = 0;
    CHECK_OK(vsdk_received_frame_data(frame, &data, &length, &error));
    CHECK_TEXT("ann", vsdk_received_frame_participant_id(frame));
    CHECK(vsdk_received_frame_timestamp_us(frame) >= 0);
    int is_key_frame = vsdk_received_frame_is_key_frame(frame);
    if (vsdk_received_frame_kind(frame) == VSDK_TRACK_KIND_AUDIO) {
        uint32_t number = number_at(data + 1);
        CHECK_NUMBER(VSDK_CODEC_OPUS, vsdk_received_frame_codec(frame));
        CHECK_NUMBER(make_sound(made, number), length);
        CHECK_NUMBER(1, is_key_frame);
        CHECK(seen->sounds == 0 || number > seen->last_sound);
        CHECK_NUMBER(-30, vsdk_received_frame_audio_level(frame));
        seen->last_sound = number;
        ++seen->sounds;
    } else {
        uint32_t number = number_at(data + (is_key_frame ? 10 : 3));
        CHECK_NUMBER(VSDK_CODEC_VP8, vsdk_received_frame_codec(frame));
        CHECK_NUMBER(make_picture(made, number, is_key_frame), length);
        CHECK(is_key_frame || !seen->is_new || seen->pictures > 0);
        CHECK(is_key_frame || seen->pictures == 0 || number == seen->last_picture + 1);
        CHECK_NUMBER(VSDK_AUDIO_LEVEL_UNKNOWN, vsdk_received_frame_audio_level(frame));
        seen->last_picture = number;
        ++seen->pictures;
    }
    CHECK(memcmp(made, data, length) == 0);
}

static void blocking_is_refused(const VsdkRemoteTrack *track) {
    VsdkReceivedFrame *frame = NULL;
    VsdkStatus refused = VSDK_STATUS_WOULD_DEADLOCK;
    CHECK_FAILS(refused, vsdk_remote_track_pause(track, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(refused, vsdk_remote_track_resume(track, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(refused, vsdk_remote_track_set_preferred_layers(track, 0, 0, VSDK_TIMEOUT_DEFAULT, &error));
    /* Until none waits: then it would have to wait for one. */
    VsdkStatus status;
    while ((status = vsdk_remote_track_next_frame(track, VSDK_TIMEOUT_INFINITE, &frame, NULL)) ==
           VSDK_STATUS_OK)
        vsdk_received_frame_free(frame);
    CHECK_NUMBER(refused, status);
}

static void on_frame(const VsdkReceivedFrame *frame, void *user_data) {
    struct seen *seen = user_data;
    CHECK_NUMBER(0, seen->ends);
    look_at(frame, seen);
    if (seen->pulled && !seen->refused) {
        blocking_is_refused(seen->pulled);
        seen->refused = 1;
    }
}

static void ended(void *user_data) {
    ++((struct seen *)user_data)->ends;
}

static VsdkRemoteTrack *track_of(const VsdkMeeting *meeting, VsdkTrackKind kind) {
    VsdkRemoteTrack *track = NULL;
    VsdkEvent *event = await(meeting, VSDK_EVENT_TYPE_TRACK_ADDED, "ann", kind);
    CHECK_OK(vsdk_meeting_remote_track(meeting, vsdk_event_track_id(event), &track, &error));
    CHECK_TEXT(vsdk_event_track_id(event), vsdk_remote_track_id(track));
    CHECK_TEXT("ann", vsdk_remote_track_participant_id(track));
    CHECK_NUMBER(kind, vsdk_remote_track_kind(track));
    vsdk_event_free(event);
    return track;
}

static void read_all(const VsdkRemoteTrack *track, struct seen *seen) {
    for (;;) {
        VsdkReceivedFrame *frame = NULL;
        VsdkStatus status = vsdk_remote_track_next_frame(track, 0, &frame, &error);
        if (status == VSDK_STATUS_NO_EVENT) return;
        CHECK_STATUS(VSDK_STATUS_OK, status);
        CHECK_TEXT(vsdk_remote_track_id(track), vsdk_received_frame_track_id(frame));
        look_at(frame, seen);
        vsdk_received_frame_free(frame);
    }
}

/* ---- Ann ---------------------------------------------------------------------------------------- */

static VsdkLocalTrack *sending(const VsdkMeeting *meeting, VsdkTrackKind kind) {
    VsdkLocalTrack *track = NULL;
    VsdkTrackOptions *options = vsdk_track_options_new(kind);
    CHECK_OK(vsdk_meeting_add_track(meeting, options, &track, &error));
    vsdk_track_options_free(options);
    VsdkEvent *event = await(meeting, VSDK_EVENT_TYPE_TRACK_PUBLISHED, "ann", kind);
    CHECK_TEXT(vsdk_local_track_id(track), vsdk_event_track_id(event));
    vsdk_event_free(event);
    WAIT_UNTIL(vsdk_local_track_is_sending(track));
    return track;
}

static uint32_t sent;

/* One packet and one picture, a key frame where it is wanted. */
static void send_more(const VsdkLocalTrack *sound, const VsdkLocalTrack *picture) {
    uint8_t data[KEY_PICTURE];
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
    frame.data = data;
    frame.timestamp_us = (int64_t)++sent * PACE_MS * 1000;
    frame.length = make_sound(data, sent);
    frame.audio_level = -30;
    CHECK(vsdk_local_track_push(sound, &frame, &error) >= VSDK_STATUS_OK);
    CHECK_OK(vsdk_local_track_encoder_target(picture, 0, &target, &error));
    frame.is_key_frame = target.wants_key_frame;
    frame.length = make_picture(data, sent, target.wants_key_frame);
    frame.audio_level = VSDK_AUDIO_LEVEL_UNKNOWN;
    frame.codec = VSDK_CODEC_VP8;
    CHECK(vsdk_local_track_push(picture, &frame, &error) >= VSDK_STATUS_OK);
    sleep_ms(PACE_MS);
}

/* ---- Both --------------------------------------------------------------------------------------- */

/* Data that is sent before the other can receive it is lost: again, until it comes. */
static void send_data(const VsdkMeeting *from, const char *name, const VsdkMeeting *to, const char *text,
                      int32_t is_text, VsdkReliability reliability) {
    const uint8_t *payload = NULL;
    size_t length = 0;
    VsdkEvent *event = NULL;
    for (int64_t begin = now_ms(); event == NULL || vsdk_event_type(event) != VSDK_EVENT_TYPE_DATA;) {
        vsdk_event_free(event);
        CHECK(now_ms() - begin < HANG_S * 1000);
        VsdkStatus status = vsdk_meeting_send_data(from, (const uint8_t *)text, strlen(text), is_text,
                                                   reliability, NULL);
        CHECK(status == VSDK_STATUS_OK || status == VSDK_STATUS_INVALID_STATE);
        vsdk_meeting_next_event(to, 100, &event, NULL);
    }
    CHECK_TEXT(name, vsdk_event_participant_id(event));
    CHECK_TEXT(is_text ? "text" : "binary", vsdk_event_text(event));
    CHECK_NUMBER(reliability, vsdk_event_code(event));
    CHECK_OK(vsdk_event_payload(event, &payload, &length, &error));
    CHECK(length == strlen(text) && memcmp(payload, text, length) == 0);
    vsdk_event_free(event);
}

/* ---- Statistics --------------------------------------------------------------------------------- */

/* How the track with that id is doing, and its only stream; 0 while that has no packets. */
static int find_track(const VsdkMeeting *meeting, const char *track_id, VsdkTrackStatistics *track,
                      VsdkStreamStatistics *stream) {
    VsdkMediaStatistics *statistics = NULL;
    CHECK_OK(vsdk_meeting_media_statistics(meeting, &statistics, &error));
    size_t count = vsdk_media_statistics_track_count(statistics);
    for (size_t index = 0; index < count; ++index) {
        CHECK_OK(vsdk_media_statistics_track(statistics, index, track, &error));
        if (strcmp(track->track_id, track_id) != 0) continue;
        CHECK_TEXT("ann", track->participant_id);
        CHECK_NUMBER(1, track->stream_count);
        CHECK_OK(vsdk_media_statistics_stream(statistics, index, 0, stream, &error));
        break;
    }
    vsdk_media_statistics_free(statistics);
    return stream->packets > 0;
}

static VsdkTransportStatistics way_of(const VsdkMeeting *meeting, VsdkTransportDirection direction) {
    VsdkTransportStatistics way = VSDK_TRANSPORT_STATISTICS_INIT;
    VsdkMediaStatistics *statistics = NULL;
    CHECK_OK(vsdk_meeting_media_statistics(meeting, &statistics, &error));
    CHECK_OK(vsdk_media_statistics_transport(statistics, direction, &way, &error));
    vsdk_media_statistics_free(statistics);
    return way;
}

static void look_at_statistics(const VsdkMeeting *ann, const VsdkLocalTrack *sound,
                               const VsdkLocalTrack *picture, const VsdkMeeting *bob,
                               const VsdkRemoteTrack *heard) {
    VsdkTrackStatistics track = VSDK_TRACK_STATISTICS_INIT;
    VsdkStreamStatistics stream = VSDK_STREAM_STATISTICS_INIT;
    while (!find_track(ann, vsdk_local_track_id(sound), &track, &stream)) send_more(sound, picture);
    CHECK(track.is_local == 1 && track.frames > 0 && track.frames_undecodable == -1);
    CHECK(stream.ssrc > 0 && stream.bytes >= stream.packets * 5);

    stream = (VsdkStreamStatistics)VSDK_STREAM_STATISTICS_INIT;
    while (!find_track(bob, vsdk_remote_track_id(heard), &track, &stream)) send_more(sound, picture);
    CHECK(track.is_local == 0 && track.frames > 0);
    CHECK(track.frames_undecodable == 0 && track.frame_gaps >= 0);
    CHECK(stream.ssrc > 0 && stream.packets_lost == -1);

    VsdkTransportStatistics out = way_of(ann, VSDK_TRANSPORT_DIRECTION_SEND);
    CHECK(out.is_open == 1 && out.is_connected == 1 && out.protocol == VSDK_TRANSPORT_PROTOCOL_UDP);
    CHECK(out.bytes_sent > out.packets_sent && out.packets_sent > 0 && out.packets_received > 0);
    VsdkTransportStatistics in = way_of(bob, VSDK_TRANSPORT_DIRECTION_RECEIVE);
    CHECK(in.is_open == 1 && in.packets_received >= stream.packets && in.estimated_kbps == -1);
}

int main(int count, char **words) {
    CHECK(count == 3);
    configure(words[1]);
    room = words[2];
    VsdkMeeting *ann = joined_as("ann", "Ann"), *bob = joined_as("bob", "Bob");
    VsdkLocalTrack *sound = sending(ann, VSDK_TRACK_KIND_AUDIO);
    VsdkRemoteTrack *heard = track_of(bob, VSDK_TRACK_KIND_AUDIO);
    VsdkLocalTrack *picture = sending(ann, VSDK_TRACK_KIND_VIDEO);
    VsdkRemoteTrack *watched = track_of(bob, VSDK_TRACK_KIND_VIDEO);
    VsdkReceivedFrame *frame = NULL;

    /* Sound is read, pictures are brought. */
    struct seen read = {0}, brought = {.is_new = 1};
    CHECK_OK(vsdk_remote_track_set_frame_handler(watched, on_frame, &brought, ended, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_remote_track_next_frame(watched, 0, &frame, &error));
    while (read.sounds < SOME || brought.pictures < SOME) {
        send_more(sound, picture);
        read_all(heard, &read);
    }
    CHECK(read.pictures == 0 && brought.sounds == 0);
    CHECK_OK(vsdk_remote_track_set_frame_handler(watched, NULL, NULL, NULL, &error));
    WAIT_UNTIL(brought.ends == 1);

    /* A pause, a preference, and a key frame on request. */
    VsdkOp *op = NULL;
    CHECK_OK(vsdk_remote_track_pause(heard, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_remote_track_resume_async(heard, VSDK_TIMEOUT_DEFAULT, NULL, NULL, NULL, &op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_op_outcome(op, &error));
    vsdk_op_free(op);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_remote_track_set_preferred_layers(watched, -1, 0, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_remote_track_set_preferred_layers(watched, 0, 0, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_remote_track_set_viewport(watched, 320, -1, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_remote_track_set_viewport(heard, 320, 180, &error));
    CHECK_OK(vsdk_remote_track_set_viewport(watched, 320, 180, &error));
    CHECK_OK(vsdk_remote_track_request_key_frame(watched, &error));

    /* All frames to one handler of the meeting, which may not wait for others. */
    struct seen all = {0};
    CHECK_OK(vsdk_meeting_set_frame_handler(bob, on_frame, &all, ended, &error));
    while (all.sounds < SOME || all.pictures < SOME) send_more(sound, picture);
    look_at_statistics(ann, sound, picture, bob, heard);
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_remote_track_next_frame(heard, 0, &frame, &error));
    CHECK_OK(vsdk_meeting_set_frame_handler(bob, NULL, NULL, NULL, &error));
    WAIT_UNTIL(all.ends == 1);
    struct seen waiting = {.pulled = heard};
    CHECK_OK(vsdk_remote_track_set_frame_handler(watched, on_frame, &waiting, ended, &error));
    while (!waiting.refused) send_more(sound, picture);

    send_data(ann, "ann", bob, "to Bob \xe2\x98\x83", 1, VSDK_RELIABILITY_RELIABLE);
    send_data(bob, "bob", ann, "to Ann \xff", 0, VSDK_RELIABILITY_UNRELIABLE);

    /* The end of a track. */
    vsdk_local_track_free(sound);
    vsdk_event_free(await(bob, VSDK_EVENT_TYPE_TRACK_REMOVED, "ann", VSDK_TRACK_KIND_AUDIO));
    VsdkStatus status;
    while ((status = vsdk_remote_track_next_frame(heard, VSDK_TIMEOUT_DEFAULT, &frame, &error)) ==
           VSDK_STATUS_OK)
        vsdk_received_frame_free(frame);
    CHECK_STATUS(VSDK_STATUS_CLOSED, status);
    CHECK_FAILS(VSDK_STATUS_NOT_FOUND, vsdk_remote_track_pause(heard, VSDK_TIMEOUT_DEFAULT, &error));
    VsdkRemoteTrack *gone = NULL;
    CHECK_FAILS(VSDK_STATUS_NOT_FOUND,
                vsdk_meeting_remote_track(bob, vsdk_remote_track_id(heard), &gone, &error));

    vsdk_remote_track_free(heard);
    vsdk_remote_track_free(watched);
    vsdk_local_track_free(picture);
    CHECK_OK(vsdk_meeting_leave(bob, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(bob);
    WAIT_UNTIL(waiting.ends == 1);
    vsdk_meeting_free(ann);
    return all_is_over();
}
