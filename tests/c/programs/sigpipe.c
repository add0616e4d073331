/* Peers that break connections, in a program that left SIGPIPE as it was: it must not die of it.
 *
 * Arguments: the service, which resets the connection of whoever sets a value in a meeting, and one
 * that resets whatever connects.
 */
#include "room.h"

#include <signal.h>

enum { TIMES = 30, LONG_TEXT = 700000, MESSAGES = 40, MESSAGE = 60000 };

static struct sigaction before[NSIG];

static void remember_signal_handlers(void) {
    for (int number = 1; number < NSIG; ++number) sigaction(number, NULL, &before[number]);
    CHECK(before[SIGPIPE].sa_handler == SIG_DFL);
}

static void check_signal_handlers(void) {
    sigset_t blocked;
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction now;
        memset(&now, 0, sizeof now);
        if (sigaction(number, NULL, &now) != 0) continue;
        CHECK(now.sa_handler == before[number].sa_handler);
        CHECK(now.sa_flags == before[number].sa_flags);
    }
    CHECK(pthread_sigmask(SIG_SETMASK, NULL, &blocked) == 0);
    for (int number = 1; number < NSIG; ++number) CHECK(sigismember(&blocked, number) != 1);
}

/* The value behind `name:` in a thread's status file, or an empty text. */
static void read_status(const char *task, const char *name, char *value, size_t size) {
    char path[300], line[300];
    snprintf(path, sizeof path, "/proc/self/task/%s/status", task);
    FILE *file = fopen(path, "r");
    *value = '\0';
    if (file == NULL) return; /* it has ended meanwhile */
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':') {
            line[strcspn(line, "\n")] = '\0';
            snprintf(value, size, "%s", line + strlen(name) + 2);
        }
    fclose(file);
}

/* Long enough for any thread to begin or to end, under every runner. */
enum { SETTLED_MS = 20000 };

/* What is wrong with the masks and names of the threads at this moment, or NULL.
 *
 * While a thread begins or ends, the C library blocks every signal for a moment, and it is born with
 * the name of the one that made it. A thread of the library that has its name never leaves the
 * host's signals open, though: that is a fault at once. */
static const char *look_at_threads(void) {
    static const int left_to_host[] = {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGALRM, SIGUSR1, SIGUSR2};
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    const char *wrong = NULL;
    struct dirent *task;
    int threads = 0, others = 0;
    DIR *tasks = opendir("/proc/self/task");
    CHECK(tasks != NULL);
    while ((task = readdir(tasks)) != NULL) {
        char name[100], mask_text[100];
        read_status(task->d_name, "Name", name, sizeof name);
        if (strncmp(name, "vsdk-", 5) != 0) {
            others += *name != '\0' && task->d_name[0] != '.';
            continue;
        }
        read_status(task->d_name, "SigBlk", mask_text, sizeof mask_text);
        if (*mask_text == '\0') continue; /* it has ended meanwhile */
        unsigned long long mask = strtoull(mask_text, NULL, 16);
        for (size_t each = 0; each < sizeof left_to_host / sizeof *left_to_host; ++each)
            CHECK(mask >> (left_to_host[each] - 1) & 1);
        for (size_t each = 0; each < sizeof own / sizeof *own; ++each)
            if (mask >> (own[each] - 1) & 1) wrong = "a thread of the library blocks signals of its own faults";
        ++threads;
    }
    closedir(tasks);
    if (threads < 2) wrong = "there is no worker or no dispatcher";
    if (others != 1) wrong = "a thread beside this one has no telling name";
    return wrong;
}

/* The library's threads leave the host's signals to the host, and keep those of their own faults. */
static void check_masks(void) {
    const char *wrong;
    int64_t began = now_ms();
    while ((wrong = look_at_threads()) != NULL) {
        if (now_ms() - began > SETTLED_MS) fail(__FILE__, __LINE__, wrong);
        sleep_ms(1);
    }
}

static void suffer(const char *below) {
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = room_options_below(below);
    for (int time = 0; time < TIMES; ++time) {
        VsdkStatus status = vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error);
        CHECK(status == VSDK_STATUS_NETWORK_BROKEN || status == VSDK_STATUS_INVALID_RESPONSE);
        forget_error();
    }
    vsdk_room_options_free(options);
}

/* So much to send that the peer is gone before all of it was written. */
static void suffer_while_writing(void) {
    static char json[LONG_TEXT];
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = vsdk_room_options_new();
    memset(json, 'a', sizeof json - 1);
    memcpy(json, "{\"text\":\"", 9);
    memcpy(json + sizeof json - 3, "\"}", 2);
    CHECK_OK(vsdk_room_options_set_auto_start_json(options, json, &error));
    for (int time = 0; time < TIMES; ++time) {
        VsdkStatus status = vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error);
        CHECK(status != VSDK_STATUS_OK && room == NULL);
        forget_error();
    }
    vsdk_room_options_free(options);
}

/* A WebSocket that is reset while much is written to it. */
static void suffer_in_a_meeting(void) {
    static char text[MESSAGE];
    VsdkOp *ops[MESSAGES + 1];
    int lost = 0;
    memset(text, 'a', sizeof text - 1);
    make_room();
    VsdkMeeting *ann = joined_as("ann", "Ann");
    see(ann, VSDK_EVENT_TYPE_STATE_CHANGED, "ann", VSDK_MEETING_STATE_CONNECTED);
    for (int time = 0; time < TIMES / 3; ++time) {
        CHECK_OK(vsdk_meeting_store_set_async(ann, "a", "b", 1000 * HANG_S, NULL, NULL, NULL, &ops[0], &error));
        for (int index = 1; index <= MESSAGES; ++index)
            CHECK_OK(vsdk_meeting_publish_async(ann, "topic", text, NULL, 1000 * HANG_S, NULL, NULL, NULL,
                                                &ops[index], &error));
        for (int index = 0; index <= MESSAGES; ++index) {
            CHECK_OK(vsdk_op_wait(ops[index], 1000 * HANG_S, &error));
            VsdkStatus status = vsdk_op_outcome(ops[index], NULL);
            CHECK(status == VSDK_STATUS_CONNECTION_LOST || (status == OK && index > 0));
            lost += status != OK;
            vsdk_op_free(ops[index]);
        }
        see(ann, VSDK_EVENT_TYPE_STATE_CHANGED, "ann", VSDK_MEETING_STATE_RECONNECTING);
        see(ann, VSDK_EVENT_TYPE_STATE_CHANGED, "ann", VSDK_MEETING_STATE_CONNECTED);
    }
    CHECK(lost > TIMES / 3); /* more than what was answered by the resets */
    CHECK_OK(vsdk_meeting_leave(ann, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(ann);
}

int main(int count, char **words) {
    CHECK(count == 3);
    remember_signal_handlers();
    configure(words[1]);
    check_masks();
    suffer("/reset");
    suffer("/close");
    suffer("/cut");
    suffer("/chunk");
    suffer_in_a_meeting();
    /* The second server resets whatever connects. */
    configure_with(words[2], NULL);
    suffer_while_writing();
    configure_with(words[1], NULL);
    create_and_free_room();
    check_masks();
    check_signal_handlers();
    return all_is_over();
}
