/* What the benchmarks look at from outside, in a process of its own.
 *
 *   probe first-call URL TOKEN        prints the microseconds from main to the first room, then of
 *                                     warm calls
 *   probe init-meeting CALLS TOKEN    makes and frees meetings
 *   probe getter CALLS URL TOKEN      asks a room as often
 *   probe at-rest URL TOKEN           prints memory and threads after each step
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <vsdk.h>

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void check(VsdkStatus status, VsdkError *error)
{
    if (status < 0) {
        fprintf(stderr, "%s\n", vsdk_error_message(error));
        exit(1);
    }
}

static void configure(const char *url, const char *token)
{
    VsdkError *error = NULL;
    VsdkConfigOptions *options = vsdk_config_options_new();
    check(vsdk_config_options_set_api_base_url(options, url, &error), error);
    check(vsdk_config_options_set_token(options, token, &error), error);
    check(vsdk_config_with(options, &error), error);
    vsdk_config_options_free(options);
}

static VsdkRoom *create_room(void)
{
    VsdkError *error = NULL;
    VsdkRoom *room = NULL;
    check(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error), error);
    return room;
}

static int first_call(double start, const char *url, const char *token)
{
    enum { WARM = 100 };
    double warm;
    int i;

    configure(url, token);
    vsdk_room_free(create_room());
    printf("%.1f\n", now_us() - start);
    fflush(stdout);
    warm = now_us();
    for (i = 0; i < WARM; i++)
        vsdk_room_free(create_room());
    printf("%.1f\n", (now_us() - warm) / WARM);
    return 0;
}

static VsdkMeetingOptions *meeting_options(void)
{
    VsdkError *error = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    check(vsdk_meeting_options_set_meeting_id(options, "abcd-efgh-ijkl", &error), error);
    check(vsdk_meeting_options_set_name(options, "Ann", &error), error);
    return options;
}

static int init_meeting(long calls, const char *token)
{
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = meeting_options();

    check(vsdk_config(token, &error), error);
    while (calls-- > 0) {
        check(vsdk_init_meeting(options, &meeting, &error), error);
        vsdk_meeting_free(meeting);
    }
    vsdk_meeting_options_free(options);
    return 0;
}

static int getter(long calls, const char *url, const char *token)
{
    VsdkRoom *room;
    long sum = 0;

    configure(url, token);
    room = create_room();
    while (calls-- > 0)
        sum += vsdk_room_is_disabled(room);
    vsdk_room_free(room);
    return sum != 0;
}

/* Resident memory in KiB, the part of it that no other process shares, threads. */
static void print_process(const char *step)
{
    char line[256];
    long resident = 0, anonymous = 0, threads = 0;
    FILE *status = fopen("/proc/self/status", "r");

    while (status && fgets(line, sizeof line, status)) {
        sscanf(line, "VmRSS: %ld", &resident);
        sscanf(line, "RssAnon: %ld", &anonymous);
        sscanf(line, "Threads: %ld", &threads);
    }
    if (status)
        fclose(status);
    printf("%s\t%ld\t%ld\t%ld\n", step, resident, anonymous, threads);
}

static int at_rest(const char *url, const char *token)
{
    const struct timespec moment = {0, 20 * 1000 * 1000};
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options;

    print_process("loaded, nothing called");
    configure(url, token);
    print_process("configured");
    options = meeting_options();
    check(vsdk_init_meeting(options, &meeting, &error), error);
    print_process("a meeting initialised");
    vsdk_room_free(create_room());
    print_process("a room created");
    vsdk_meeting_free(meeting);
    vsdk_meeting_options_free(options);
    check(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error), error);
    /* A thread that has ended is seen for a moment longer. */
    nanosleep(&moment, NULL);
    print_process("all freed and shut down");
    return 0;
}

int main(int argc, char **argv)
{
    double start = now_us();

    if (argc == 4 && !strcmp(argv[1], "first-call"))
        return first_call(start, argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "init-meeting"))
        return init_meeting(atol(argv[2]), argv[3]);
    if (argc == 5 && !strcmp(argv[1], "getter"))
        return getter(atol(argv[2]), argv[3], argv[4]);
    if (argc == 4 && !strcmp(argv[1], "at-rest"))
        return at_rest(argv[2], argv[3]);
    fprintf(stderr, "see the top of probe.c\n");
    return 2;
}
