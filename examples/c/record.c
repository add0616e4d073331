/*
 * Records a meeting: what is heard and seen goes into files, one for each track: Opus into Ogg, VP8
 * into IVF, H.264 into a file of start codes.
 *
 *   record --room ID --directory recording                until the input ends (Ctrl-D)
 *   record --room ID --directory recording --seconds 60   for a minute
 *
 * The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
 */
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <vsdk.h>

#include "media_writer.h"

#define MAX_TRACKS 256

struct arguments {
    const char *token;
    const char *token_url;
    const char *api_url;
    const char *room;
    const char *name;
    const char *directory;
    long seconds;
};

/* A track, and the file that it goes into; without one when it cannot be recorded. */
struct recorded {
    char track_id[128];
    char path[1024];
    struct media_writer writer;
};

/* Belongs to the media thread as long as the frame handler is set. */
struct recording {
    const char *directory;
    struct recorded tracks[MAX_TRACKS];
    size_t count;
    int has_failed;
};

static void usage(FILE *out) {
    fputs("usage: record [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
          "              [--directory DIRECTORY] [--seconds N]\n"
          "\n"
          "  --token TOKEN          a token, e.g. a temporary one from the dashboard\n"
          "  --token-url URL        where to fetch one (default http://localhost:3000/get-token)\n"
          "  --room ID              record this room instead of creating one\n"
          "  --name NAME            the name that others see\n"
          "  --api-url URL          another server than https://api.videosdk.live\n"
          "  --directory DIRECTORY  where the files go; it has to be there (default .)\n"
          "  --seconds N            end after so long; otherwise it ends with its input\n",
          out);
}

static int read_arguments(int count, char **values, struct arguments *arguments) {
    static const struct option options[] = {
        {"token", required_argument, NULL, 't'},     {"token-url", required_argument, NULL, 'u'},
        {"room", required_argument, NULL, 'r'},      {"name", required_argument, NULL, 'n'},
        {"api-url", required_argument, NULL, 'a'},   {"directory", required_argument, NULL, 'd'},
        {"seconds", required_argument, NULL, 's'},   {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option;
    arguments->token = getenv("VIDEOSDK_TOKEN");
    arguments->token_url = "http://localhost:3000/get-token";
    arguments->directory = ".";
    while ((option = getopt_long(count, values, "", options, NULL)) != -1) {
        switch (option) {
        case 't': arguments->token = optarg; break;
        case 'u': arguments->token_url = optarg; arguments->token = NULL; break;
        case 'r': arguments->room = optarg; break;
        case 'n': arguments->name = optarg; break;
        case 'a': arguments->api_url = optarg; break;
        case 'd': arguments->directory = optarg; break;
        case 's':
            arguments->seconds = strtol(optarg, NULL, 10);
            if (arguments->seconds > 0)
                break;
            fputs("--seconds wants a number from 1 on\n", stderr);
            return 0;
        case 'h': usage(stdout); exit(EXIT_SUCCESS);
        default: usage(stderr); return 0;
        }
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

static void fail(struct recording *recording, const struct recorded *track) {
    fprintf(stderr, "cannot write %s: %s\n", track->path, strerror(errno));
    recording->has_failed = 1;
}

static void close_track(struct recording *recording, struct recorded *track) {
    if (media_writer_close(&track->writer) < 0)
        fail(recording, track);
    track->writer.file = NULL;
}

/* The track that a frame belongs to; its file is begun with its first frame. NULL beyond
 * MAX_TRACKS. */
static struct recorded *find_track(struct recording *recording, const VsdkReceivedFrame *frame) {
    static const char *const kinds[] = {"track", "audio", "video", "share", "share-audio"};
    const char *id = vsdk_received_frame_track_id(frame);
    VsdkTrackKind kind = vsdk_received_frame_kind(frame);
    const char *extension = media_extension(vsdk_received_frame_codec(frame));
    const char *kind_name = kind >= 1 && kind <= 4 ? kinds[kind] : kinds[0];
    struct recorded *track;

    for (size_t index = 0; index < recording->count; ++index)
        if (strcmp(recording->tracks[index].track_id, id) == 0)
            return &recording->tracks[index];
    if (recording->count == MAX_TRACKS)
        return NULL;
    track = &recording->tracks[recording->count++];
    snprintf(track->track_id, sizeof track->track_id, "%s", id);
    if (extension == NULL) {
        printf("* %s of %s is not recorded: its codec has no kind of file here\n", kind_name,
               vsdk_received_frame_participant_id(frame));
        return track;
    }
    /* Numbers instead of names, which the others choose. */
    snprintf(track->path, sizeof track->path, "%s/%zu-%s.%s", recording->directory,
             recording->count, kind_name, extension);
    if (media_writer_open(&track->writer, track->path, vsdk_received_frame_codec(frame)) < 0) {
        fail(recording, track);
        return track;
    }
    printf("* %s: %s of %s\n", track->path, kind_name, vsdk_received_frame_participant_id(frame));
    return track;
}

/* On the media thread. */
static void write_frame(const VsdkReceivedFrame *frame, void *user_data) {
    struct recording *recording = user_data;
    struct recorded *track = find_track(recording, frame);
    const uint8_t *data = NULL;
    size_t length = 0;

    if (track == NULL || track->writer.file == NULL)
        return;
    vsdk_received_frame_data(frame, &data, &length, NULL);
    if (media_writer_write(&track->writer, data, length, vsdk_received_frame_timestamp_us(frame)) < 0) {
        fail(recording, track);
        fclose(track->writer.file);
        track->writer.file = NULL;
    }
}

/* Joins the room that was asked for, or a new one, only to receive. */
static VsdkStatus join(const struct arguments *arguments, struct recording *recording,
                       VsdkMeeting **meeting, VsdkError **error) {
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
        status = vsdk_meeting_options_set_mode(options, VSDK_MODE_RECV_ONLY, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_init_meeting(options, meeting, error);
    /* Before joining, so that no frame comes earlier. */
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_set_frame_handler(*meeting, write_frame, recording, NULL, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_join(*meeting, VSDK_TIMEOUT_DEFAULT, error);
    if (status == VSDK_STATUS_OK)
        printf("* recording\n");

    vsdk_meeting_options_free(options);
    vsdk_room_free(room);
    return status;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until the time is over, or the input or the meeting has ended. */
static VsdkStatus await_end(const VsdkMeeting *meeting, long seconds, VsdkError **error) {
    /* poll() skips a negative descriptor: with a time, the input does not matter. */
    struct pollfd sources[2] = {{seconds > 0 ? -1 : STDIN_FILENO, POLLIN, 0}, {-1, POLLIN, 0}};
    int64_t end_ms = now_ms() + seconds * 1000;
    char ignored[512];
    VsdkStatus status = vsdk_meeting_event_descriptor(meeting, &sources[1].fd, error);

    while (status == VSDK_STATUS_OK) {
        VsdkEvent *event = NULL;
        int64_t left_ms = seconds > 0 ? end_ms - now_ms() : 1000;
        status = vsdk_meeting_next_event(meeting, 0, &event, error);
        if (status == VSDK_STATUS_OK) {
            int is_over = vsdk_event_type(event) == VSDK_EVENT_TYPE_MEETING_LEFT;
            if (is_over)
                printf("* the meeting has ended: %s\n", vsdk_event_text(event));
            vsdk_event_free(event);
            if (is_over)
                return VSDK_STATUS_OK;
        } else if (status == VSDK_STATUS_NO_EVENT) {
            if (left_ms <= 0)
                return VSDK_STATUS_OK;
            status = VSDK_STATUS_OK;
            if (poll(sources, 2, left_ms < 1000 ? (int)left_ms : 1000) > 0 &&
                sources[0].revents != 0 && read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
                return VSDK_STATUS_OK;
        }
    }
    return status;
}

/* Ends all files; when the handler is taken out, nothing is written any more. */
static void finish(const VsdkMeeting *meeting, struct recording *recording) {
    vsdk_meeting_set_frame_handler(meeting, NULL, NULL, NULL, NULL);
    for (size_t index = 0; index < recording->count; ++index) {
        struct recorded *track = &recording->tracks[index];
        if (track->writer.file == NULL)
            continue;
        printf("* %s: %u frames\n", track->path, (unsigned)track->writer.frames);
        close_track(recording, track);
    }
}

int main(int count, char **values) {
    static struct recording recording;
    struct arguments arguments = {0};
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    int succeeded;

    if (!read_arguments(count, values, &arguments))
        return EXIT_FAILURE;
    if (access(arguments.directory, W_OK | X_OK) != 0) {
        fprintf(stderr, "cannot write into %s: %s\n", arguments.directory, strerror(errno));
        return EXIT_FAILURE;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    recording.directory = arguments.directory;

    succeeded = vsdk_check_abi(VSDK_ABI_VERSION, &error) == VSDK_STATUS_OK &&
                configure(&arguments, &error) == VSDK_STATUS_OK &&
                join(&arguments, &recording, &meeting, &error) == VSDK_STATUS_OK &&
                await_end(meeting, arguments.seconds, &error) >= VSDK_STATUS_OK;
    if (!succeeded)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));
    finish(meeting, &recording);

    vsdk_error_free(error);
    vsdk_meeting_free(meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return succeeded && !recording.has_failed ? EXIT_SUCCESS : EXIT_FAILURE;
}
