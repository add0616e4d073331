/*
 * Talks and listens: a WAV file is the microphone, and what everybody says is written to another.
 *
 *   talk --room ID --input speech.wav --output heard.wav    until the input has been said
 *   talk --room ID --output heard.wav --seconds 60          listens for a minute
 *
 * A program with a sound device does the same in the callbacks of its device, without the sleeping.
 * The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <vsdk.h>

#include "wav.h"

/* What is said and heard at a time: 10 ms. */
#define CHUNKS_PER_SECOND 100

#define NS_PER_SECOND 1000000000

/* Of the file that is written, whatever the others send. */
#define OUTPUT_RATE 48000
#define OUTPUT_CHANNELS 2

/* Of the highest rate that the library takes, in stereo. */
#define MAX_CHUNK ((192000 / CHUNKS_PER_SECOND + 1) * 2)

struct arguments {
    const char *token;
    const char *token_url;
    const char *api_url;
    const char *room;
    const char *name;
    const char *input;
    const char *output;
    long seconds;
};

struct talk {
    VsdkMeeting *meeting;
    VsdkLocalTrack *microphone;
    VsdkAudioInput *input;
    VsdkAudioOutput *mixer;
    struct wav said;
    struct wav heard;
};

static void usage(FILE *out) {
    fputs("usage: talk [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
          "            [--input FILE.wav] [--output FILE.wav] [--seconds N]\n"
          "\n"
          "  --token TOKEN      a token, e.g. a temporary one from the dashboard\n"
          "  --token-url URL    where to fetch one (default http://localhost:3000/get-token)\n"
          "  --room ID          join this room instead of creating one\n"
          "  --name NAME        the name that others see\n"
          "  --api-url URL      another server than https://api.videosdk.live\n"
          "  --input FILE.wav   what is said: PCM of 16 bits; without it nothing is\n"
          "  --output FILE.wav  where to write what is heard (default heard.wav)\n"
          "  --seconds N        end after so long; otherwise when all has been said\n",
          out);
}

static int read_arguments(int count, char **values, struct arguments *arguments) {
    static const struct option options[] = {
        {"token", required_argument, NULL, 't'},   {"token-url", required_argument, NULL, 'u'},
        {"room", required_argument, NULL, 'r'},    {"name", required_argument, NULL, 'n'},
        {"api-url", required_argument, NULL, 'a'}, {"input", required_argument, NULL, 'i'},
        {"output", required_argument, NULL, 'o'},  {"seconds", required_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
    };
    int option;
    arguments->token = getenv("VIDEOSDK_TOKEN");
    arguments->token_url = "http://localhost:3000/get-token";
    arguments->output = "heard.wav";
    while ((option = getopt_long(count, values, "", options, NULL)) != -1) {
        switch (option) {
        case 't': arguments->token = optarg; break;
        case 'u': arguments->token_url = optarg; arguments->token = NULL; break;
        case 'r': arguments->room = optarg; break;
        case 'n': arguments->name = optarg; break;
        case 'a': arguments->api_url = optarg; break;
        case 'i': arguments->input = optarg; break;
        case 'o': arguments->output = optarg; break;
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
    if (arguments->input == NULL && arguments->seconds == 0) {
        fputs("without --input, --seconds has to say when to end\n", stderr);
        return 0;
    }
    return 1;
}

/* Opens both files. */
static int open_files(const struct arguments *arguments, struct talk *talk) {
    if (arguments->input != NULL) {
        const char *problem = wav_open(&talk->said, arguments->input);
        if (problem != NULL) {
            fprintf(stderr, "cannot say %s: %s\n", arguments->input, problem);
            return 0;
        }
    }
    if (wav_create(&talk->heard, arguments->output, OUTPUT_RATE, OUTPUT_CHANNELS) != 0) {
        fprintf(stderr, "cannot write %s: %s\n", arguments->output, strerror(errno));
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
static VsdkStatus join(const struct arguments *arguments, struct talk *talk, VsdkError **error) {
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
        status = vsdk_init_meeting(options, &talk->meeting, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_join(talk->meeting, VSDK_TIMEOUT_DEFAULT, error);

    vsdk_meeting_options_free(options);
    vsdk_room_free(room);
    return status;
}

/* A microphone for what is said, and a mixer for what everybody says. */
static VsdkStatus open_sound(struct talk *talk, VsdkError **error) {
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_AUDIO);
    VsdkStatus status = VSDK_STATUS_OK;

    if (talk->said.file != NULL)
        status = vsdk_meeting_add_track(talk->meeting, options, &talk->microphone, error);
    if (status == VSDK_STATUS_OK && talk->said.file != NULL)
        status = vsdk_local_track_audio_input(talk->microphone, talk->said.sample_rate,
                                              talk->said.channels, &talk->input, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_audio_mixer(talk->meeting, OUTPUT_RATE, OUTPUT_CHANNELS,
                                          &talk->mixer, error);
    vsdk_track_options_free(options);
    return status;
}

/* Of a clock that nobody sets. */
static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

/* In pieces: not every system can sleep until a moment. */
static void sleep_until(int64_t due_ns) {
    int64_t left_ns;
    while ((left_ns = due_ns - now_ns()) > 0) {
        struct timespec pause = {left_ns / NS_PER_SECOND, (long)(left_ns % NS_PER_SECOND)};
        nanosleep(&pause, NULL);
    }
}

/* Says and hears at the pace of a sound device, until the end; 0 when the file cannot be written. */
static int talk_and_listen(const struct arguments *arguments, struct talk *talk, VsdkError **error) {
    static int16_t said[MAX_CHUNK], heard[OUTPUT_RATE / CHUNKS_PER_SECOND * OUTPUT_CHANNELS];
    size_t heard_count = sizeof heard / sizeof *heard;
    int64_t decoded = 0, concealed = 0;
    int64_t due_ns;

    /* What is said before anybody can hear it is lost. */
    while (talk->microphone != NULL && !vsdk_local_track_is_sending(talk->microphone))
        sleep_until(now_ns() + NS_PER_SECOND / CHUNKS_PER_SECOND);
    puts("* talking");
    due_ns = now_ns();
    for (long chunk = 0; arguments->seconds == 0 || chunk < arguments->seconds * CHUNKS_PER_SECOND; ++chunk) {
        VsdkPulledAudio pulled = VSDK_PULLED_AUDIO_INIT;
        /* Not every rate is a multiple of 100: together the chunks are as long as their time. */
        int64_t begin = (int64_t)talk->said.sample_rate * chunk / CHUNKS_PER_SECOND;
        int64_t end = (int64_t)talk->said.sample_rate * (chunk + 1) / CHUNKS_PER_SECOND;
        size_t wanted = (size_t)((end - begin) * talk->said.channels);
        size_t count = talk->input ? wav_read(&talk->said, said, wanted) : 0;
        if (arguments->seconds == 0 && count == 0)
            break;
        if (count > 0 && vsdk_audio_input_push_s16(talk->input, said, count, VSDK_CAPTURE_TIME_NOW, error) < 0)
            break;
        if (vsdk_audio_output_pull_s16(talk->mixer, heard, heard_count, &pulled, error) < 0)
            break;
        decoded += pulled.decoded_frames;
        concealed += pulled.concealed_frames;
        if (wav_write(&talk->heard, heard, heard_count) != 0)
            return 0;
        due_ns += NS_PER_SECOND / CHUNKS_PER_SECOND;
        sleep_until(due_ns);
    }
    printf("* %.1f s were heard, %.1f s of that made up\n", (double)(decoded + concealed) / OUTPUT_RATE,
           (double)concealed / OUTPUT_RATE);
    return 1;
}

int main(int count, char **values) {
    struct arguments arguments = {0};
    struct talk talk = {0};
    VsdkError *error = NULL;
    int is_written = 1;

    if (!read_arguments(count, values, &arguments) || !open_files(&arguments, &talk))
        return EXIT_FAILURE;
    setvbuf(stdout, NULL, _IOLBF, 0);

    if (vsdk_check_abi(VSDK_ABI_VERSION, &error) == VSDK_STATUS_OK &&
        configure(&arguments, &error) == VSDK_STATUS_OK &&
        join(&arguments, &talk, &error) == VSDK_STATUS_OK &&
        open_sound(&talk, &error) == VSDK_STATUS_OK)
        is_written = talk_and_listen(&arguments, &talk, &error);
    if (error != NULL)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));
    if (wav_finish(&talk.heard) != 0 || !is_written) {
        fprintf(stderr, "cannot write %s: %s\n", arguments.output, strerror(errno));
        is_written = 0;
    }
    if (talk.said.file != NULL)
        fclose(talk.said.file);

    vsdk_audio_output_free(talk.mixer);
    vsdk_audio_input_free(talk.input);
    vsdk_local_track_free(talk.microphone);
    vsdk_meeting_free(talk.meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    int succeeded = error == NULL && is_written;
    vsdk_error_free(error);
    return succeeded ? EXIT_SUCCESS : EXIT_FAILURE;
}
