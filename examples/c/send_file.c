/*
 * Sends files into a meeting in real time, as microphone and camera: Opus from Ogg, VP8 from IVF,
 * H.264 from a file of start codes.
 *
 *   send_file --room ID speech.ogg film.ivf
 *
 * The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Key frames come
 * where the file has them: who joins in between sees a picture from the next one on.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <vsdk.h>

#include "media_reader.h"

#define MAX_FILES 4
#define LAST_FRAMES_MS 1000 /* what is pushed last needs a moment to go out */

struct arguments {
    const char *token;
    const char *token_url;
    const char *api_url;
    const char *room;
    const char *name;
    long delay;
    long pictures_per_second;
    char **files;
    size_t file_count;
};

/* A file, and the track that it is sent as. */
struct source {
    const char *path;
    struct media_reader reader;
    struct media_frame frame;
    int has_frame;
    VsdkLocalTrack *track;
    unsigned sent;
    unsigned not_taken;
};

static void usage(FILE *out) {
    fputs("usage: send_file [--token TOKEN | --token-url URL] [--room ID] [--name NAME]\n"
          "                 [--api-url URL] [--delay SECONDS] [--fps N] FILE ...\n"
          "\n"
          "  FILE             Ogg with Opus, IVF with VP8, or H.264 with start codes; at most 4\n"
          "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
          "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
          "  --room ID        send into this room instead of creating one\n"
          "  --name NAME      the name that others see\n"
          "  --api-url URL    another server than https://api.videosdk.live\n"
          "  --delay SECONDS  begin so long after joining, so that others are ready (default 2)\n"
          "  --fps N          pictures per second of H.264, which has no times (default 30)\n",
          out);
}

static int read_arguments(int count, char **values, struct arguments *arguments) {
    static const struct option options[] = {
        {"token", required_argument, NULL, 't'},   {"token-url", required_argument, NULL, 'u'},
        {"room", required_argument, NULL, 'r'},    {"name", required_argument, NULL, 'n'},
        {"api-url", required_argument, NULL, 'a'}, {"delay", required_argument, NULL, 'd'},
        {"fps", required_argument, NULL, 'f'},     {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option;
    char *end;
    arguments->token = getenv("VIDEOSDK_TOKEN");
    arguments->token_url = "http://localhost:3000/get-token";
    arguments->delay = 2;
    arguments->pictures_per_second = 30;
    while ((option = getopt_long(count, values, "", options, NULL)) != -1) {
        switch (option) {
        case 't': arguments->token = optarg; break;
        case 'u': arguments->token_url = optarg; arguments->token = NULL; break;
        case 'r': arguments->room = optarg; break;
        case 'n': arguments->name = optarg; break;
        case 'a': arguments->api_url = optarg; break;
        case 'd':
            arguments->delay = strtol(optarg, &end, 10);
            if (end != optarg && arguments->delay >= 0 && arguments->delay <= 3600)
                break;
            fputs("--delay wants a number of seconds, 0 to 3600\n", stderr);
            return 0;
        case 'f':
            arguments->pictures_per_second = strtol(optarg, &end, 10);
            if (arguments->pictures_per_second >= 1 && arguments->pictures_per_second <= 1000)
                break;
            fputs("--fps wants a number from 1 to 1000\n", stderr);
            return 0;
        case 'h': usage(stdout); exit(EXIT_SUCCESS);
        default: usage(stderr); return 0;
        }
    }
    arguments->files = values + optind;
    arguments->file_count = (size_t)(count - optind);
    if (arguments->file_count == 0 || arguments->file_count > MAX_FILES) {
        usage(stderr);
        return 0;
    }
    return 1;
}

/* Gives the token to the library: the one that was passed, or a fetched one. */
static VsdkStatus configure(const struct arguments *arguments, VsdkError **error) {
    VsdkToken *fetched = NULL;
    VsdkConfigOptions *options = vsdk_config_options_new();
    VsdkStatus status = VSDK_STATUS_OK;

    if (arguments->token == NULL)
        status = vsdk_token_fetch(arguments->token_url, NULL, VSDK_TIMEOUT_DEFAULT, &fetched, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_options_set_token(
            options, fetched ? vsdk_token_text(fetched) : arguments->token, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_options_set_api_base_url(options, arguments->api_url, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_with(options, error);

    vsdk_config_options_free(options);
    vsdk_token_free(fetched);
    return status;
}

/* Joins the room that was asked for, or a new one. */
static VsdkStatus join(const struct arguments *arguments, VsdkMeeting **meeting, VsdkError **error) {
    VsdkRoom *room = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    const char *id = arguments->room;
    VsdkStatus status = VSDK_STATUS_OK;

    if (id == NULL) {
        status = vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, error);
        id = vsdk_room_id(room);
    }
    if (status == VSDK_STATUS_OK) {
        printf("room %s\n", id);
        status = vsdk_meeting_options_set_meeting_id(options, id, error);
    }
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_name(options, arguments->name, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_init_meeting(options, meeting, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_join(*meeting, VSDK_TIMEOUT_DEFAULT, error);

    vsdk_meeting_options_free(options);
    vsdk_room_free(room);
    return status;
}

static VsdkStatus add_track(const VsdkMeeting *meeting, struct source *source, VsdkError **error) {
    VsdkCodec codec = source->reader.codec;
    VsdkTrackOptions *options = vsdk_track_options_new(
        codec == VSDK_CODEC_OPUS ? VSDK_TRACK_KIND_AUDIO : VSDK_TRACK_KIND_VIDEO);
    VsdkStatus status = vsdk_track_options_set_codec(options, codec, error);

    if (status == VSDK_STATUS_OK && source->reader.width > 0)
        status = vsdk_track_options_set_size(options, source->reader.width, source->reader.height, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_add_track(meeting, options, &source->track, error);
    vsdk_track_options_free(options);
    return status;
}

/* Opens the files; whether all can be read. */
static int open_files(const struct arguments *arguments, struct source *sources) {
    for (size_t index = 0; index < arguments->file_count; ++index) {
        struct source *source = &sources[index];
        const char *problem;
        source->path = arguments->files[index];
        problem = media_reader_open(&source->reader, source->path, arguments->pictures_per_second);
        if (problem == NULL) {
            int found = media_reader_next(&source->reader, &source->frame);
            source->has_frame = found == 1;
            if (found != 1)
                problem = found < 0 ? "it is broken behind frame 0" : "there is no frame in it";
        }
        if (problem != NULL) {
            fprintf(stderr, "cannot send %s: %s\n", source->path, problem);
            return 0;
        }
    }
    return 1;
}

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Waits until then, and reads events meanwhile; VSDK_STATUS_CLOSED when sending is over. */
static VsdkStatus wait_until(const VsdkMeeting *meeting, int64_t time_us, VsdkError **error) {
    for (;;) {
        int64_t left_us = time_us - now_us();
        VsdkEvent *event = NULL;
        VsdkStatus status = vsdk_meeting_next_event(
            meeting, left_us > 0 ? (left_us + 999) / 1000 : 0, &event, error);
        int is_over = 0;

        if (status == VSDK_STATUS_NO_EVENT)
            return VSDK_STATUS_OK;
        if (status != VSDK_STATUS_OK)
            return status;
        if (vsdk_event_type(event) == VSDK_EVENT_TYPE_MEETING_LEFT) {
            printf("* the meeting has ended: %s\n", vsdk_event_text(event));
            is_over = 1;
        } else if (vsdk_event_type(event) == VSDK_EVENT_TYPE_TRACK_FAILED) {
            fprintf(stderr, "a track cannot be sent: %s\n", vsdk_event_text(event));
            is_over = 1;
        }
        vsdk_event_free(event);
        if (is_over)
            return VSDK_STATUS_CLOSED;
    }
}

/* Waits until there is a way for all tracks, so that nothing of the beginning is lost. */
static VsdkStatus await_sending(const VsdkMeeting *meeting, const struct source *sources,
                                size_t count, VsdkError **error) {
    VsdkStatus status = VSDK_STATUS_OK;
    for (size_t index = 0; index < count && status == VSDK_STATUS_OK; ++index)
        while (status == VSDK_STATUS_OK && !vsdk_local_track_is_sending(sources[index].track))
            status = wait_until(meeting, now_us() + 20000, error);
    return status;
}

/* The source whose frame is due first; NULL when all files have ended. */
static struct source *first_due(struct source *sources, size_t count) {
    struct source *first = NULL;
    for (size_t index = 0; index < count; ++index)
        if (sources[index].has_frame &&
            (first == NULL || sources[index].frame.timestamp_us < first->frame.timestamp_us))
            first = &sources[index];
    return first;
}

static VsdkStatus push(struct source *source, VsdkError **error) {
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    VsdkStatus status;

    frame.data = source->frame.data;
    frame.length = source->frame.length;
    frame.timestamp_us = source->frame.timestamp_us;
    frame.is_key_frame = source->frame.is_key_frame;
    status = vsdk_local_track_push(source->track, &frame, error);
    if (status == VSDK_STATUS_OK)
        ++source->sent;
    else if (status > VSDK_STATUS_OK)
        ++source->not_taken; /* The file goes on; it cannot make a key frame. */
    return status;
}

/* Sends all files at the pace of their times. */
static VsdkStatus send_files(const VsdkMeeting *meeting, struct source *sources, size_t count,
                             VsdkError **error) {
    int64_t begin_us = now_us();
    VsdkStatus status = VSDK_STATUS_OK;
    struct source *source;

    while (status == VSDK_STATUS_OK && (source = first_due(sources, count)) != NULL) {
        int found;
        status = wait_until(meeting, begin_us + source->frame.timestamp_us, error);
        if (status != VSDK_STATUS_OK)
            return status;
        status = push(source, error);
        if (status < VSDK_STATUS_OK)
            return status;
        status = VSDK_STATUS_OK;
        found = media_reader_next(&source->reader, &source->frame);
        if (found < 0) {
            fprintf(stderr, "cannot send %s: it is broken behind frame %u\n", source->path,
                    source->sent + source->not_taken);
            return VSDK_STATUS_CLOSED;
        }
        source->has_frame = found == 1;
    }
    return wait_until(meeting, now_us() + LAST_FRAMES_MS * 1000, error);
}

static VsdkStatus run(const struct arguments *arguments, struct source *sources,
                      VsdkMeeting **meeting, VsdkError **error) {
    size_t count = arguments->file_count;
    VsdkStatus status = vsdk_check_abi(VSDK_ABI_VERSION, error);

    if (status == VSDK_STATUS_OK)
        status = configure(arguments, error);
    if (status == VSDK_STATUS_OK)
        status = join(arguments, meeting, error);
    for (size_t index = 0; index < count && status == VSDK_STATUS_OK; ++index)
        status = add_track(*meeting, &sources[index], error);
    if (status == VSDK_STATUS_OK)
        status = await_sending(*meeting, sources, count, error);
    if (status == VSDK_STATUS_OK)
        status = wait_until(*meeting, now_us() + arguments->delay * 1000000, error);
    if (status == VSDK_STATUS_OK) {
        printf("* sending\n");
        status = send_files(*meeting, sources, count, error);
    }
    for (size_t index = 0; index < count && status >= VSDK_STATUS_OK; ++index)
        printf("* %s: %u frames sent, %u not taken\n", sources[index].path, sources[index].sent,
               sources[index].not_taken);
    return status;
}

int main(int count, char **values) {
    static struct source sources[MAX_FILES];
    struct arguments arguments = {0};
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    VsdkStatus status;

    if (!read_arguments(count, values, &arguments) || !open_files(&arguments, sources))
        return EXIT_FAILURE;
    setvbuf(stdout, NULL, _IOLBF, 0);

    status = run(&arguments, sources, &meeting, &error);
    if (status < VSDK_STATUS_OK)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));

    for (size_t index = 0; index < arguments.file_count; ++index) {
        vsdk_local_track_free(sources[index].track);
        media_reader_close(&sources[index].reader);
    }
    vsdk_error_free(error);
    vsdk_meeting_free(meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return status == VSDK_STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
