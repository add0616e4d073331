/* Checks that end the program with the place where they failed, and a few things every program needs.
 *
 * `error` is the calling thread's place for errors: the checks below read it, and free it unless
 * they say otherwise.
 */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <dirent.h>
#include <pthread.h>

#include <vsdk.h>

/* Far beyond any expectation: it only ends what hangs. */
enum { HANG_S = 120 };

static _Thread_local VsdkError *error __attribute__((unused));

/* Where complaints go; a program that gives its standard error away sets another place. */
static FILE *complaints __attribute__((unused));

_Noreturn static inline void fail(const char *file, int line, const char *what) {
    fprintf(complaints ? complaints : stderr, "%s:%d: %s\n", file, line, what);
    if (complaints) fflush(complaints);
    exit(1);
}

static inline void check_status(const char *file, int line, const char *call, VsdkStatus wanted,
                                VsdkStatus status) {
    char what[1200];
    if (status == wanted) return;
    snprintf(what, sizeof what, "%s answers %s, not %s: %s", call, vsdk_status_name(status),
             vsdk_status_name(wanted), error ? vsdk_error_message(error) : "");
    fail(file, line, what);
}

static inline void check_text(const char *file, int line, const char *call, const char *wanted,
                              const char *text) {
    char what[1200];
    if (text != NULL && wanted != NULL && strcmp(text, wanted) == 0) return;
    if (text == NULL && wanted == NULL) return;
    snprintf(what, sizeof what, "%s is \"%s\", not \"%s\"", call, text ? text : "(NULL)",
             wanted ? wanted : "(NULL)");
    fail(file, line, what);
}

static inline void check_number(const char *file, int line, const char *call, int64_t wanted,
                                int64_t number) {
    char what[300];
    if (number == wanted) return;
    snprintf(what, sizeof what, "%s is %" PRId64 ", not %" PRId64, call, number, wanted);
    fail(file, line, what);
}

/* The error of this thread explains itself and has this status. */
static inline void check_error(const char *file, int line, const char *call, VsdkStatus wanted) {
    check_status(file, line, call, wanted, vsdk_error_status(error));
    check_text(file, line, call, vsdk_status_name(wanted), vsdk_error_name(error));
    if (vsdk_error_message(error) == NULL || *vsdk_error_message(error) == '\0')
        fail(file, line, "the error has no message");
}

static inline void forget_error(void) {
    vsdk_error_free(error);
    error = NULL;
}

#define CHECK(condition) ((condition) ? (void)0 : fail(__FILE__, __LINE__, #condition))
#define CHECK_NUMBER(wanted, number) check_number(__FILE__, __LINE__, #number, wanted, number)
#define CHECK_TEXT(wanted, text) check_text(__FILE__, __LINE__, #text, wanted, text)

/* The call, whose last argument is `&error` or NULL, ends like this. */
#define CHECK_STATUS(wanted, call) check_status(__FILE__, __LINE__, #call, wanted, call)
#define CHECK_OK(call)                       \
    do {                                     \
        CHECK_STATUS(VSDK_STATUS_OK, call);  \
        CHECK(error == NULL);                \
    } while (0)

/* The call, whose last argument is `&error`, fails with this status; the error stays. */
#define CHECK_FAILS_AND_KEEP(wanted, call)                \
    do {                                                  \
        CHECK_STATUS(wanted, call);                       \
        check_error(__FILE__, __LINE__, #call, wanted);   \
    } while (0)
#define CHECK_FAILS(wanted, call)            \
    do {                                     \
        CHECK_FAILS_AND_KEEP(wanted, call);  \
        forget_error();                      \
    } while (0)

static inline void sleep_ms(int milliseconds) {
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}

static inline int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Looks again until it holds. */
#define WAIT_UNTIL(condition)                                             \
    do {                                                                  \
        int64_t began_ = now_ms();                                        \
        while (!(condition)) {                                            \
            if (now_ms() - began_ > HANG_S * 1000)                        \
                fail(__FILE__, __LINE__, "never came true: " #condition); \
            sleep_ms(1);                                                  \
        }                                                                 \
    } while (0)

/* How many threads the process has. */
static inline int thread_count(void) {
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *task;
    int count = 0;
    CHECK(tasks != NULL);
    while ((task = readdir(tasks)) != NULL) count += task->d_name[0] != '.';
    closedir(tasks);
    return count;
}

/* Nothing may be left of the library at the end: no threads, no handles. */
static inline int all_is_over(void) {
    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error));
    /* The kernel lists a thread for a moment longer than it can be joined. */
    WAIT_UNTIL(thread_count() == 1);
    for (VsdkHandleKind kind = 1; kind <= VSDK_HANDLE_KIND_AUDIO_DEVICE; ++kind)
        CHECK_NUMBER(0, vsdk_debug_live_handles(kind));
    CHECK_NUMBER(0, vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL));
    puts("all is over");
    return 0;
}

static inline pthread_t start_thread(void *(*function)(void *), void *argument) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, function, argument) == 0);
    return thread;
}

#endif
