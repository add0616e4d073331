/* Ann sends sound and pictures, which are changed on their way; Bob chooses what he receives, is
 * woken when there is something, pauses and flushes.
 *
 * Arguments: a service with a media server, and a room.
 */
#include "room.h"

enum { PACKET = 85, PICTURE = 707, KEY_PICTURE = 6014, SOME = 20, PACE_MS = 20, KEY = 0xa5 };

/* ---- What happens to frames on their way -------------------------------------------------------- */

struct secret {
    atomic_int sent;
    atomic_int received;
    atomic_int refuses;
    atomic_int ends;
    const VsdkMeeting *meeting;
};

/* How much of it stays readable: the service looks there for key frames. */
static size_t clear_part(const VsdkFrameInfo *info) {
    if (info->codec == VSDK_CODEC_OPUS) return 1;
    return info->is_key_frame ? 10 : 3;
}

static void hide(const VsdkFrameInfo *info, const uint8_t *data, size_t length, uint8_t *output,
                 size_t capacity, size_t *written, void *user_data) {
    struct secret *secret = user_data;
    size_t clear = clear_part(info);
    CHECK_NUMBER(0, secret->ends);
    CHECK_NUMBER(sizeof *info, info->struct_size);
    CHECK_TEXT("ann", info->participant_id);
    CHECK(strlen(info->track_id) > 0 && info->layer == 0 && info->reserved == 0);
    CHECK((info->kind == VSDK_TRACK_KIND_AUDIO) == (info->codec == VSDK_CODEC_OPUS));
    CHECK(info->timestamp_us >= 0);
    CHECK_NUMBER(length + VSDK_FRAME_GROWTH_BYTES, capacity);
    CHECK(*written == 0 && output[0] == 0 && output[capacity - 1] == 0);
    /* The rules of callbacks hold, whatever the thread. */
    CHECK_FAILS(VSDK_STATUS_WOULD_DEADLOCK,
                vsdk_meeting_pause_all_tracks(secret->meeting, 0, VSDK_TIMEOUT_DEFAULT, &error));
    if (secret->refuses) {
        if (secret->refuses > 1) *written = capacity + 1;
        return;
    }
    for (size_t index = 0; index < length; ++index)
        output[index] = (uint8_t)(index < clear ? data[index] : data[index] ^ KEY);
    *written = length;
    ++*(info->is_sent ? &secret->sent : &secret->received);
}

static void count_end(void *user_data) {
    ++((struct secret *)user_data)->ends;
}

/* ---- Ann ---------------------------------------------------------------------------------------- */

static size_t make(uint8_t *data, VsdkTrackKind kind, int is_key_frame) {
    static const uint8_t begin[] = {0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01};
    if (kind == VSDK_TRACK_KIND_AUDIO) {
        memset(data, 0x55, PACKET);
        data[0] = 0xfc;
        return PACKET;
    }
    size_t length = is_key_frame ? KEY_PICTURE : PICTURE;
    memset(data, 0x66, length);
    memcpy(data, begin, is_key_frame ? sizeof begin : 3);
    if (!is_key_frame) data[0] = 0x11;
    return length;
}

static VsdkLocalTrack *sending(const VsdkMeeting *meeting, VsdkTrackKind kind) {
    VsdkLocalTrack *track = NULL;
    VsdkTrackOptions *options = vsdk_track_options_new(kind);
    CHECK_OK(vsdk_meeting_add_track(meeting, options, &track, &error));
    vsdk_track_options_free(options);
    see(meeting, VSDK_EVENT_TYPE_TRACK_PUBLISHED, "ann", kind);
    WAIT_UNTIL(vsdk_local_track_is_sending(track));
    return track;
}

static VsdkStatus send_one(const VsdkLocalTrack *track) {
    static int64_t number;
    uint8_t data[KEY_PICTURE];
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
    CHECK_OK(vsdk_local_track_encoder_target(track, 0, &target, &error));
    frame.data = data;
    frame.is_key_frame = target.wants_key_frame;
    frame.length = make(data, vsdk_local_track_kind(track), frame.is_key_frame);
    frame.timestamp_us = ++number * PACE_MS * 1000;
    VsdkStatus status = vsdk_local_track_push(track, &frame, &error);
    CHECK(status >= VSDK_STATUS_OK);
    sleep_ms(PACE_MS);
    return status;
}

/* ---- Bob ---------------------------------------------------------------------------------------- */

static VsdkRemoteTrack *track_of(const VsdkMeeting *meeting, VsdkTrackKind kind) {
    VsdkRemoteTrack *track = NULL;
    VsdkEvent *event = await(meeting, VSDK_EVENT_TYPE_TRACK_ADDED, "ann", kind);
    CHECK_OK(vsdk_meeting_remote_track(meeting, vsdk_event_track_id(event), &track, &error));
    vsdk_event_free(event);
    return track;
}

/* How many frames wait, each of which is as Ann has made it. */
static int read_all(const VsdkRemoteTrack *track) {
    for (int count = 0;; ++count) {
        uint8_t made[KEY_PICTURE];
        const uint8_t *data = NULL;
        size_t length = 0;
        VsdkReceivedFrame *frame = NULL;
        VsdkStatus status = vsdk_remote_track_next_frame(track, 0, &frame, &error);
        if (status == VSDK_STATUS_NO_EVENT) return count;
        CHECK_STATUS(VSDK_STATUS_OK, status);
        CHECK_OK(vsdk_received_frame_data(frame, &data, &length, &error));
        CHECK_NUMBER(make(made, vsdk_remote_track_kind(track), vsdk_received_frame_is_key_frame(frame)),
                     length);
        CHECK(memcmp(made, data, length) == 0);
        vsdk_received_frame_free(frame);
    }
}

static void wake(void *count) {
    ++*(atomic_int *)count;
}

static void forget(void *count) {
    *(atomic_int *)count = -1;
}

static VsdkMeeting *choosing(const char *id) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, room, &error));
    CHECK_OK(vsdk_meeting_options_set_participant_id(options, id, &error));
    CHECK_OK(vsdk_meeting_options_set_auto_consume(options, 0, &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);
    return meeting;
}

static void end_well(VsdkOp *op) {
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_OK(vsdk_op_outcome(op, &error));
    vsdk_op_free(op);
}

int main(int count, char **words) {
    CHECK(count == 3);
    configure(words[1]);
    room = words[2];
    VsdkMeeting *ann = meeting_as("ann", "Ann", NULL, 0), *bob = choosing("bob");
    struct secret secret = {.meeting = ann}, other = {.meeting = bob};
    const int64_t patience = VSDK_TIMEOUT_DEFAULT;
    VsdkOp *op = NULL;
    CHECK_OK(vsdk_meeting_set_frame_transform(ann, hide, &secret, count_end, &error));
    CHECK_OK(vsdk_meeting_set_frame_transform(bob, hide, &other, count_end, &error));
    CHECK_OK(vsdk_meeting_join(ann, patience, &error));
    CHECK_OK(vsdk_meeting_join(bob, patience, &error));
    VsdkLocalTrack *sound = sending(ann, VSDK_TRACK_KIND_AUDIO);
    VsdkLocalTrack *picture = sending(ann, VSDK_TRACK_KIND_VIDEO);

    /* Pictures alone are chosen first. */
    CHECK_FAILS(VSDK_STATUS_NOT_FOUND,
                vsdk_meeting_subscribe_tracks(bob, "bob", VSDK_MEDIA_KIND_VIDEO, patience, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                vsdk_meeting_unsubscribe_tracks(ann, "bob", VSDK_MEDIA_KIND_VIDEO, patience, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_meeting_subscribe_tracks(bob, "ann", VSDK_TRACK_KIND_SHARE, patience, &error));
    CHECK_OK(vsdk_meeting_subscribe_tracks(bob, "ann", VSDK_MEDIA_KIND_VIDEO, patience, &error));
    VsdkEvent *event = await(bob, VSDK_EVENT_TYPE_TRACK_ADDED, NULL, ANY);
    CHECK_NUMBER(VSDK_TRACK_KIND_VIDEO, vsdk_event_code(event));
    VsdkRemoteTrack *watched = NULL;
    CHECK_OK(vsdk_meeting_remote_track(bob, vsdk_event_track_id(event), &watched, &error));
    vsdk_event_free(event);
    CHECK_OK(vsdk_meeting_subscribe_tracks_async(bob, "ann", VSDK_MEDIA_KIND_AUDIO, patience, NULL, NULL,
                                                 NULL, &op, &error));
    end_well(op);
    VsdkRemoteTrack *heard = track_of(bob, VSDK_TRACK_KIND_AUDIO);

    /* He is woken once while nothing is read, and gets what was sent. */
    atomic_int woken = 0;
    CHECK_OK(vsdk_remote_track_set_wake_handler(heard, wake, &woken, forget, &error));
    while (vsdk_remote_track_waiting_frames(heard) < SOME) send_one(sound);
    CHECK_NUMBER(1, woken);
    CHECK(read_all(heard) >= SOME);
    while (vsdk_remote_track_waiting_frames(heard) == 0) send_one(sound);
    WAIT_UNTIL(woken >= 2);
    CHECK_OK(vsdk_remote_track_set_wake_handler(heard, NULL, NULL, NULL, &error));
    CHECK_NUMBER(-1, woken);
    CHECK_OK(vsdk_remote_track_flush(heard, &error));
    for (int seen = 0; seen < SOME; seen += read_all(watched)) send_one(picture);
    CHECK(secret.sent >= 2 * SOME && other.received >= 2 * SOME && secret.received + other.sent == 0);

    /* A pause of all: nothing of it comes while pictures do. */
    CHECK_OK(vsdk_meeting_pause_all_tracks(bob, VSDK_TRACK_KIND_AUDIO, patience, &error));
    for (int round = 0; round < 2; ++round) {
        CHECK_OK(vsdk_remote_track_flush(heard, &error));
        for (int seen = 0; seen < SOME; seen += read_all(watched)) send_one(sound), send_one(picture);
    }
    CHECK_NUMBER(0, vsdk_remote_track_waiting_frames(heard));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_meeting_pause_all_tracks(bob, 5, patience, &error));
    CHECK_OK(vsdk_meeting_pause_all_tracks_async(bob, 0, patience, NULL, NULL, NULL, &op, &error));
    end_well(op);
    CHECK_OK(vsdk_meeting_resume_all_tracks(bob, VSDK_TRACK_KIND_AUDIO, patience, &error));
    CHECK_OK(vsdk_meeting_resume_all_tracks_async(bob, 0, patience, NULL, NULL, NULL, &op, &error));
    end_well(op);
    while (read_all(heard) == 0) send_one(sound);

    /* What a transform writes nothing of, or too much, is dropped. */
    for (secret.refuses = 1; secret.refuses <= 2; ++secret.refuses)
        CHECK_STATUS(VSDK_STATUS_DROPPED, send_one(sound));
    secret.refuses = 0;
    CHECK_STATUS(VSDK_STATUS_OK, send_one(sound));
    read_all(heard);
    other.refuses = 1;
    while (vsdk_remote_track_waiting_frames(heard) == 0) send_one(sound);
    CHECK_NUMBER(0, read_all(heard));

    CHECK_OK(vsdk_meeting_unsubscribe_tracks(bob, "ann", VSDK_MEDIA_KIND_AUDIO, patience, &error));
    see(bob, VSDK_EVENT_TYPE_TRACK_REMOVED, "ann", VSDK_TRACK_KIND_AUDIO);
    CHECK_OK(vsdk_meeting_unsubscribe_tracks_async(bob, "ann", VSDK_MEDIA_KIND_VIDEO, patience, NULL, NULL,
                                                   NULL, &op, &error));
    end_well(op);
    see(bob, VSDK_EVENT_TYPE_TRACK_REMOVED, "ann", VSDK_TRACK_KIND_VIDEO);

    CHECK_OK(vsdk_meeting_set_frame_transform(ann, NULL, NULL, NULL, &error));
    CHECK_NUMBER(1, secret.ends);
    vsdk_remote_track_free(heard);
    vsdk_remote_track_free(watched);
    vsdk_meeting_free(bob);
    CHECK_NUMBER(1, other.ends);
    vsdk_local_track_free(sound);
    vsdk_local_track_free(picture);
    CHECK_OK(vsdk_meeting_leave(ann, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(ann);
    return all_is_over();
}
