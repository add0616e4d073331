/* Twenty participants come and go as they like for a while, with sound and some with pictures. In
 * between all leave a few times, and what the library holds then is looked at: it must not grow.
 *
 * Each checks what it is told: events have the next number, a track ends before its sender or with
 * the meeting, and nothing ends that did not begin. Arguments: a service with a media server, a room,
 * and for how many seconds.
 */
#include "room.h"

#include <malloc.h>

enum {
    PARTICIPANTS = 20,
    CAMERAS = 4,   /* How many of those have one. */
    ROUNDS = 4,
    PACE_MS = 100, /* Of sound and of pictures. */
    SHORTEST_STAY_MS = 2000,
    LONGEST_STAY_MS = 12000,
    LONGEST_ABSENCE_MS = 2000,
    SOUND = 85,
    PICTURE = 700,
    KEY_PICTURE = 6000,
    MOST_TRACKS = 2 * PARTICIPANTS,
    ID = 64,
};

static atomic_int over; /* The round: everybody leaves. */
static atomic_llong stays, events, tracks, sounds, pictures, reconnections;

/* A track that somebody sends, as far as one was told. */
struct track {
    char id[ID], sender[ID];
};

/* One participant, from its join to its end. */
struct stay {
    VsdkMeeting *meeting;
    int64_t sequence; /* Of the last event. */
    struct track tracks[MOST_TRACKS];
    int count;
    atomic_int heard;
};

static int chance(unsigned *state, int low, int high) {
    *state = *state * 1103515245u + 12345u;
    return low + (int)(*state >> 8) % (high - low + 1);
}

/* ---- What is told ------------------------------------------------------------------------------- */

static struct track *find_track(struct stay *stay, const char *id) {
    for (int i = 0; i < stay->count; ++i)
        if (strcmp(stay->tracks[i].id, id) == 0) return &stay->tracks[i];
    return NULL;
}

static void track_added(struct stay *stay, const VsdkEvent *event) {
    CHECK(stay->count < MOST_TRACKS);
    CHECK(find_track(stay, vsdk_event_track_id(event)) == NULL);
    struct track *track = &stay->tracks[stay->count++];
    snprintf(track->id, ID, "%s", vsdk_event_track_id(event));
    snprintf(track->sender, ID, "%s", vsdk_event_participant_id(event));
    ++tracks;
}

static void track_removed(struct stay *stay, const VsdkEvent *event) {
    struct track *track = find_track(stay, vsdk_event_track_id(event));
    CHECK(track != NULL);
    CHECK_TEXT(track->sender, vsdk_event_participant_id(event));
    *track = stay->tracks[--stay->count];
}

/* Whoever has left sends nothing any more. */
static void participant_left(struct stay *stay, const char *id) {
    for (int i = 0; i < stay->count; ++i) CHECK(strcmp(stay->tracks[i].sender, id) != 0);
}

static void look_at(struct stay *stay, const VsdkEvent *event) {
    CHECK_NUMBER(++stay->sequence, vsdk_event_sequence(event));
    ++events;
    switch (vsdk_event_type(event)) {
    case VSDK_EVENT_TYPE_TRACK_ADDED: track_added(stay, event); break;
    case VSDK_EVENT_TYPE_TRACK_REMOVED: track_removed(stay, event); break;
    case VSDK_EVENT_TYPE_PARTICIPANT_LEFT: participant_left(stay, vsdk_event_participant_id(event)); break;
    case VSDK_EVENT_TYPE_RECONNECTING: ++reconnections; break;
    case VSDK_EVENT_TYPE_OVERFLOW:
    case VSDK_EVENT_TYPE_WARNING:
    case VSDK_EVENT_TYPE_ERROR:
    case VSDK_EVENT_TYPE_TRACK_FAILED: fail(__FILE__, __LINE__, vsdk_event_json(event));
    default: break;
    }
}

/* Reads all that is there; whether more may come. */
static int read_events(struct stay *stay) {
    for (;;) {
        VsdkEvent *event = NULL;
        VsdkStatus status = vsdk_meeting_next_event(stay->meeting, 0, &event, &error);
        if (status == VSDK_STATUS_NO_EVENT) return 1;
        if (status == VSDK_STATUS_CLOSED) return 0;
        CHECK_STATUS(VSDK_STATUS_OK, status);
        look_at(stay, event);
        vsdk_event_free(event);
    }
}

static void on_frame(const VsdkReceivedFrame *frame, void *user_data) {
    struct stay *stay = user_data;
    CHECK(vsdk_received_frame_participant_id(frame) != NULL);
    ++stay->heard;
    ++*(vsdk_received_frame_kind(frame) == VSDK_TRACK_KIND_AUDIO ? &sounds : &pictures);
}

/* ---- Coming and going --------------------------------------------------------------------------- */

static VsdkLocalTrack *add_track(const VsdkMeeting *meeting, VsdkTrackKind kind) {
    VsdkLocalTrack *track = NULL;
    VsdkTrackOptions *options = vsdk_track_options_new(kind);
    CHECK_OK(vsdk_meeting_add_track(meeting, options, &track, &error));
    vsdk_track_options_free(options);
    return track;
}

static void send_sound(const VsdkLocalTrack *track, int number) {
    uint8_t data[SOUND];
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    memset(data, 0x55, sizeof data);
    data[0] = 0xfc;
    frame.data = data;
    frame.length = sizeof data;
    frame.timestamp_us = (int64_t)number * PACE_MS * 1000;
    frame.audio_level = -30;
    CHECK(vsdk_local_track_push(track, &frame, &error) >= VSDK_STATUS_OK);
}

/* Of VP8, 640 x 360: a key frame has a start code and its size (RFC 6386, 9.1). */
static void send_picture(const VsdkLocalTrack *track, int number) {
    static const uint8_t begin[] = {0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01};
    uint8_t data[KEY_PICTURE];
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
    CHECK_OK(vsdk_local_track_encoder_target(track, 0, &target, &error));
    memset(data, 0x66, sizeof data);
    memcpy(data, begin, sizeof begin);
    if (!target.wants_key_frame) data[0] = 0x11;
    frame.data = data;
    frame.length = target.wants_key_frame ? KEY_PICTURE : PICTURE;
    frame.timestamp_us = (int64_t)number * PACE_MS * 1000;
    frame.is_key_frame = target.wants_key_frame;
    frame.codec = VSDK_CODEC_VP8;
    CHECK(vsdk_local_track_push(track, &frame, &error) >= VSDK_STATUS_OK);
}

static void stay_a_while(const char *id, int has_camera, int length_ms) {
    struct stay *stay = calloc(1, sizeof *stay);
    CHECK(stay != NULL);
    stay->meeting = meeting_as(id, id, NULL, 0);
    CHECK_OK(vsdk_meeting_set_frame_handler(stay->meeting, on_frame, stay, NULL, &error));
    CHECK_OK(vsdk_meeting_join(stay->meeting, 1000 * HANG_S, &error));
    VsdkLocalTrack *microphone = add_track(stay->meeting, VSDK_TRACK_KIND_AUDIO);
    VsdkLocalTrack *camera = has_camera ? add_track(stay->meeting, VSDK_TRACK_KIND_VIDEO) : NULL;
    int64_t began = now_ms();
    for (int number = 0; !over && now_ms() - began < length_ms; ++number) {
        send_sound(microphone, number);
        if (camera) send_picture(camera, number);
        CHECK(read_events(stay));
        sleep_ms(PACE_MS);
    }
    vsdk_local_track_free(microphone);
    vsdk_local_track_free(camera);
    CHECK_OK(vsdk_meeting_leave(stay->meeting, 1000 * HANG_S, &error));
    WAIT_UNTIL(!read_events(stay));
    /* Once it is out, the handler runs no more. */
    CHECK_OK(vsdk_meeting_set_frame_handler(stay->meeting, NULL, NULL, NULL, &error));
    vsdk_meeting_free(stay->meeting);
    free(stay);
    ++stays;
}

static void *come_and_go(void *argument) {
    unsigned number = (unsigned)(uintptr_t)argument, state = number;
    char id[16];
    snprintf(id, sizeof id, "guest-%u", number);
    while (!over) {
        sleep_ms(chance(&state, 0, LONGEST_ABSENCE_MS));
        stay_a_while(id, number < CAMERAS, chance(&state, SHORTEST_STAY_MS, LONGEST_STAY_MS));
    }
    return NULL;
}

/* ---- What is held ------------------------------------------------------------------------------- */

static long resident_kib(void) {
    long pages = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    CHECK(statm != NULL && fscanf(statm, "%ld %ld", &pages, &resident) == 2);
    fclose(statm);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* What was asked for and not given back. */
static long heap_kib(void) {
    struct mallinfo2 told = mallinfo2();
    return (long)((told.uordblks + told.hblkhd) / 1024);
}

struct held {
    long resident, heap;
    int threads;
};

static struct held run_a_round(int64_t length_ms) {
    pthread_t guests[PARTICIPANTS];
    over = 0;
    for (uintptr_t i = 0; i < PARTICIPANTS; ++i) guests[i] = start_thread(come_and_go, (void *)i);
    sleep_ms((int)length_ms);
    over = 1;
    for (int i = 0; i < PARTICIPANTS; ++i) pthread_join(guests[i], NULL);
    for (VsdkHandleKind kind = 1; kind <= VSDK_HANDLE_KIND_RECEIVED_FRAME; ++kind)
        CHECK_NUMBER(0, vsdk_debug_live_handles(kind));
    /* Transports say goodbye for a moment longer. */
    sleep_ms(2000);
    struct held held = {resident_kib(), heap_kib(), thread_count()};
    printf("stays %lld, events %lld, tracks %lld, sounds %lld, pictures %lld, reconnections %lld; "
           "resident KiB %ld, heap KiB %ld, threads %d\n",
           (long long)stays, (long long)events, (long long)tracks, (long long)sounds,
           (long long)pictures, (long long)reconnections, held.resident, held.heap, held.threads);
    return held;
}

int main(int count, char **words) {
    CHECK(count == 4);
    configure(words[1]);
    room = words[2];
    int64_t length_ms = atoi(words[3]) * 1000 / ROUNDS;
    struct held first = run_a_round(length_ms), last = first;
    for (int round = 1; round < ROUNDS; ++round) last = run_a_round(length_ms);

    CHECK(stays >= ROUNDS * PARTICIPANTS);
    CHECK(sounds > stays && pictures > 0);
    /* A leak of two kilobytes per stay would be seen in two minutes, noise is not. */
    CHECK(last.heap < first.heap + 256);
    CHECK(last.resident < first.resident * 5 / 4 + 4096);
    CHECK_NUMBER(first.threads, last.threads);
    return all_is_over();
}
