/* Misuses every function of the library in every way that its parameters allow.
 *
 * Each wrong argument comes alone, among others that make sense. The library has to refuse it with
 * the right status, an error that explains itself and empty results, or with the absent value; it
 * has to end the life of user data exactly once, and to keep nothing.
 */
#include "objects.h"
#include "table.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_TYPES = 64, MOST_BYTES = 128, GARBAGE = 0x5a, LONG_TEXT = 1 << 20 };

static long checks;
static long failures;
static const struct function *judged;
static const struct parameter *misused;
static const char *misuse;

static void check(int holds, const char *what) {
    ++checks;
    if (holds) return;
    ++failures;
    fprintf(stderr, "%s: %s%s%s: %s\n", judged->name, misused ? misused->name : "",
            misused ? " " : "", misuse, what);
}

static void check_status(int64_t status, int64_t wanted) {
    char what[160];
    snprintf(what, sizeof what, "answers %s, not %s", vsdk_status_name((VsdkStatus)status),
             vsdk_status_name((VsdkStatus)wanted));
    check(status == wanted, what);
}

static int64_t live_handles(void) {
    return vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL);
}

/* ---- Objects: one of each type that lives, one that was freed, one that was freed twice ------- */

static void *live[MOST_TYPES];
static void *stale[MOST_TYPES];
static void *freed_twice[MOST_TYPES];

static void make_dead_objects(void) {
    for (int type = 0; type < type_count; ++type) {
        if (types[type].free == NULL || is_not_to_be_had(types[type].name)) continue;
        stale[type] = types[type].make();
        freed_twice[type] = types[type].make();
        types[type].free(stale[type]);
        types[type].free(freed_twice[type]);
        types[type].free(freed_twice[type]);
    }
}

/* Immutable objects serve all functions; the rest is new for each, as a call may change it. */
static void make_objects(void) {
    for (int type = 0; type < type_count; ++type) {
        live[type] = types[type].make();
        if (live[type] != NULL || is_not_to_be_had(types[type].name)) continue;
        fprintf(stderr, "no %s could be made\n", types[type].name);
        exit(2);
    }
}

static void free_objects(void) {
    for (int type = type_count - 1; type >= 0; --type)
        if (types[type].free != NULL) types[type].free(live[type]);
}

/* ---- One call ---------------------------------------------------------------------------------- */

static struct argument arguments[MOST_PARAMETERS];
static union {
    void *handle;
    size_t struct_size;
    unsigned char bytes[MOST_BYTES];
} places[MOST_PARAMETERS];
static atomic_int ends_of_user_data;
/* Also the payload of functions that want one: a sample of any kind. */
static double user_data;

static void count_end(void *data) {
    if (data == &user_data) ++ends_of_user_data;
}

static void prepare(void) {
    memset(places, GARBAGE, sizeof places);
    ends_of_user_data = 0;
    for (int index = 0; index < judged->parameter_count; ++index) {
        const struct parameter *parameter = &judged->parameters[index];
        struct argument *argument = &arguments[index];
        memset(argument, 0, sizeof *argument);
        switch (parameter->kind) {
        case HANDLE: argument->pointer = live[parameter->type]; break;
        case TEXT: memcpy(&argument->pointer, parameter->text, sizeof(void *)); break;
        case TEXTS: memcpy(&argument->pointer, &parameter->text, sizeof(void *)); break;
        case BYTES: argument->pointer = &user_data; break;
        case OUT:
        case ERROR: argument->pointer = &places[index]; break;
        case STRUCTURE:
            memcpy(&places[index], parameter->initial, (size_t)parameter->size);
            argument->pointer = &places[index];
            break;
        case FILLED: /* with garbage behind the size */
            memcpy(&places[index], parameter->initial, sizeof(size_t));
            argument->pointer = &places[index];
            break;
        case USER_DATA: argument->pointer = &user_data; break;
        case CALLBACK: argument->function = parameter->callback; break;
        case DESTROY: argument->function = (any_function)count_end; break;
        case LENGTH: argument->integer = 1; break;
        default: argument->integer = parameter->integer; break;
        }
    }
}

static int find(enum parameter_kind kind) {
    for (int index = 0; index < judged->parameter_count; ++index)
        if (judged->parameters[index].kind == kind) return index;
    return -1;
}

static void without_error_place(void) {
    int index = find(ERROR);
    if (index >= 0) arguments[index].pointer = NULL;
}

static int is_empty(int index) {
    const struct parameter *parameter = &judged->parameters[index];
    unsigned char empty[sizeof places[0]];
    memset(empty, (int)parameter->integer, sizeof empty);
    return memcmp(&places[index], empty, (size_t)parameter->size) == 0;
}

/* A struct of a size that is accepted is cleared, but for the size. */
static int is_cleared(int index) {
    const struct parameter *parameter = &judged->parameters[index];
    unsigned char empty[sizeof places[0]] = {0};
    memcpy(empty, parameter->initial, sizeof(size_t));
    return places[index].struct_size != (size_t)parameter->size ||
           memcmp(&places[index], empty, (size_t)parameter->size) == 0;
}

/* A failure tells its story; a success leaves no error. */
static void check_error(int64_t status) {
    int index = find(ERROR);
    if (index < 0 || arguments[index].pointer == NULL) return;
    const VsdkError *error = places[index].handle;
    if (status >= 0) {
        check(error == NULL, "leaves an error, though it did not fail");
        return;
    }
    check(error != NULL, "fails without an error");
    if (error == NULL) return;
    check(vsdk_error_status(error) == status, "has another status in its error");
    const char *name = vsdk_error_name(error);
    check(name && strcmp(name, vsdk_status_name((VsdkStatus)status)) == 0, "names it otherwise");
    const char *message = vsdk_error_message(error);
    check(message && *message, "has an error without a message");
    const char *remedy = vsdk_error_remedy(error);
    check(remedy && *remedy, "has an error without a remedy");
    const char *operation = vsdk_error_operation(error);
    check(operation && *operation, "has an error without an operation");
}

static void check_places_are_empty(void) {
    for (int index = 0; index < judged->parameter_count; ++index)
        if (judged->parameters[index].kind == OUT && arguments[index].pointer != NULL)
            check(is_empty(index), "leaves something in a place for results");
        else if (judged->parameters[index].kind == FILLED && arguments[index].pointer != NULL)
            check(is_cleared(index), "leaves something in a struct for results");
}

static void wait_for_end_of_user_data(void) {
    static int patience_ms = 60 * 1000;
    struct timespec moment = {0, 1000 * 1000};
    if (find(DESTROY) < 0) return;
    for (int waited = 0; ends_of_user_data == 0 && waited < patience_ms; ++waited)
        nanosleep(&moment, NULL);
    if (ends_of_user_data == 0) patience_ms = 0; /* the test has failed; it need not last */
    check(ends_of_user_data == 1, "does not end the life of user data exactly once");
}

/* Takes back what a call may have given, and has it end what it may have begun. */
static void release(int64_t result) {
    for (int index = 0; index < judged->parameter_count; ++index) {
        const struct parameter *parameter = &judged->parameters[index];
        int is_filled = arguments[index].pointer == &places[index] && !is_empty(index);
        if (parameter->type < 0 || !is_filled) continue;
        if (strcmp(types[parameter->type].name, "VsdkOp") == 0)
            vsdk_op_wait(places[index].handle, VSDK_TIMEOUT_DEFAULT, NULL);
        if (parameter->kind == ERROR || parameter->owned)
            types[parameter->type].free(places[index].handle);
    }
    if (judged->result == OBJECT) types[judged->result_type].free((void *)(intptr_t)result);
    if (judged->replaces) {
        struct argument nothing[MOST_PARAMETERS];
        memcpy(nothing, arguments, sizeof nothing);
        for (int index = 0; index < judged->parameter_count; ++index) {
            enum parameter_kind kind = judged->parameters[index].kind;
            if (kind == HANDLE) nothing[index].pointer = live[judged->parameters[index].type];
            if (kind == CHOICE) nothing[index].integer = judged->parameters[index].integer;
            if (kind == CALLBACK || kind == DESTROY) nothing[index].function = NULL;
            if (kind == USER_DATA || kind == ERROR) nothing[index].pointer = NULL;
        }
        judged->call(nothing);
    }
    wait_for_end_of_user_data();
}

/* ---- Refusals ---------------------------------------------------------------------------------- */

static void call_and_expect(int64_t status) {
    int64_t before = live_handles();
    int64_t result = judged->call(arguments);
    if (judged->result == STATUS) {
        check_status(result, status);
        check_error(result);
    } else if (judged->result == VALUE) {
        check(result == judged->absent, "answers something");
    } else if (judged->result == OBJECT) {
        check(result == 0, "makes an object");
    }
    check_places_are_empty();
    release(result);
    check(live_handles() == before, "keeps or loses a handle");
}

static void refuses(int index, struct argument wrong, int64_t status, const char *how) {
    misused = &judged->parameters[index];
    misuse = how;
    prepare();
    arguments[index] = wrong;
    call_and_expect(status);
    if (misused->kind == ERROR || find(ERROR) < 0) return;
    prepare();
    arguments[index] = wrong;
    without_error_place();
    call_and_expect(status);
}

static void refuses_pointer(int index, const void *wrong, int64_t status, const char *how) {
    struct argument argument = {NULL, 0, NULL};
    memcpy(&argument.pointer, &wrong, sizeof wrong);
    refuses(index, argument, status, how);
}

static void refuses_integer(int index, int64_t wrong, const char *how) {
    struct argument argument = {NULL, wrong, NULL};
    /* Functions without a status answer with whatever fits a number that means nothing. */
    if (judged->result == STATUS) refuses(index, argument, VSDK_STATUS_INVALID_ARGUMENT, how);
}

/* ---- What is allowed, however odd --------------------------------------------------------------- */

/* It may succeed or fail, but in good order, and never as if a pointer were missing. */
static void bears(int index, struct argument odd, const char *how) {
    misused = &judged->parameters[index];
    misuse = how;
    for (int with_error = 1; with_error >= 0; --with_error) {
        int64_t before = live_handles();
        prepare();
        arguments[index] = odd;
        if (!with_error) without_error_place();
        int64_t result = judged->call(arguments);
        if (judged->result == STATUS) {
            check(result != VSDK_STATUS_NULL_POINTER, "misses a pointer");
            check(result != VSDK_STATUS_INVALID_HANDLE, "misses a handle");
            check(result != VSDK_STATUS_PANIC, "panics");
            check_error(result);
            if (result != VSDK_STATUS_OK) check_places_are_empty();
        }
        release(result);
        check(live_handles() == before, "keeps or loses a handle");
    }
}

static void bears_pointer(int index, const void *odd, const char *how) {
    struct argument argument = {NULL, 0, NULL};
    memcpy(&argument.pointer, &odd, sizeof odd);
    bears(index, argument, how);
}

/* ---- Each kind of parameter --------------------------------------------------------------------- */

static void misuse_handle(int index) {
    const struct parameter *parameter = &judged->parameters[index];
    void *on_the_stack = &parameter;
    const uintptr_t garbage[] = {1, 2, 8, 0xdeadbeef, (uintptr_t)on_the_stack, (uintptr_t)&user_data,
                                 INTPTR_MAX, (uintptr_t)INTPTR_MIN, UINTPTR_MAX};

    for (size_t each = 0; each < sizeof garbage / sizeof *garbage; ++each)
        refuses_pointer(index, (const void *)garbage[each], VSDK_STATUS_INVALID_HANDLE,
                        "as garbage");
    for (int type = 0; type < type_count; ++type)
        if (type != parameter->type && live[type] != NULL)
            refuses_pointer(index, live[type], VSDK_STATUS_INVALID_HANDLE, types[type].name);
    if (stale[parameter->type] == NULL) return;
    refuses_pointer(index, stale[parameter->type], VSDK_STATUS_INVALID_HANDLE, "freed before");
    refuses_pointer(index, freed_twice[parameter->type], VSDK_STATUS_INVALID_HANDLE, "freed twice");
}

static void misuse_text(int index) {
    const char *const wrong[] = {"\xff", "text \xfe", "\xc0\x80", "\xe2\x82", "\xed\xa0\x80",
                                 "\xf8\x88\x80\x80\x80", "\x80"};
    for (size_t each = 0; each < sizeof wrong / sizeof *wrong; ++each)
        refuses_pointer(index, wrong[each], VSDK_STATUS_INVALID_UTF8, "that is not UTF-8");
}

static void try_odd_texts(int index) {
    static char long_text[LONG_TEXT + 1];
    memset(long_text, 'a', LONG_TEXT);
    bears_pointer(index, "", "that is empty");
    bears_pointer(index, long_text, "of 1 MiB");
    bears_pointer(index, "\xf0\x9f\x92\xa9 \xc3\xa4 \x01\x7f\r\n\"\\%s%n</>", "of odd characters");
}

static void misuse_payload(int index) {
    misused = &judged->parameters[index];
    misuse = "NULL with a length";
    prepare();
    arguments[index].pointer = NULL;
    arguments[index + 1].integer = 5;
    call_and_expect(VSDK_STATUS_NULL_POINTER);
}

/* Smaller than any version of it ever was. */
static void misuse_structure(int index) {
    const size_t sizes[] = {0, 1, sizeof(size_t), (size_t)judged->parameters[index].size - 1};
    misused = &judged->parameters[index];
    misuse = "of a wrong size";
    for (size_t each = 0; each < sizeof sizes / sizeof *sizes; ++each) {
        prepare();
        places[index].struct_size = sizes[each];
        call_and_expect(VSDK_STATUS_INVALID_ARGUMENT);
    }
}

static void misuse_parameter(int index) {
    const struct parameter *parameter = &judged->parameters[index];
    switch (parameter->kind) {
    case HANDLE: misuse_handle(index); break;
    case TEXT: misuse_text(index); break;
    case BYTES:
    case TEXTS: misuse_payload(index); break;
    case STRUCTURE:
    case FILLED: misuse_structure(index); break;
    case FLAG:
        refuses_integer(index, 2, "of 2");
        refuses_integer(index, -1, "of -1");
        break;
    case CHOICE:
        refuses_integer(index, INT32_MAX, "of INT32_MAX");
        refuses_integer(index, INT32_MIN, "of INT32_MIN");
        break;
    case TIMEOUT: refuses_integer(index, VSDK_TIMEOUT_INFINITE, "without end"); /* fall through */
    case PATIENCE:
        refuses_integer(index, -3, "of -3");
        refuses_integer(index, INT64_MIN, "of INT64_MIN");
        break;
    case INDEX:
        if (judged->result == VALUE) {
            struct argument beyond = {NULL, -1, NULL}; /* SIZE_MAX */
            refuses(index, beyond, VSDK_STATUS_INVALID_ARGUMENT, "beyond the end");
        }
        break;
    default: break;
    }
    int is_pointer = parameter->kind == HANDLE || parameter->kind == TEXT || parameter->kind == OUT ||
                     parameter->kind == CALLBACK || parameter->kind == STRUCTURE ||
                     parameter->kind == FILLED;
    if (is_pointer && !parameter->nullable)
        refuses_pointer(index, NULL, VSDK_STATUS_NULL_POINTER, "NULL");
}

/* After all refusals, as these calls may change objects. */
static void try_parameter(int index) {
    const struct parameter *parameter = &judged->parameters[index];
    int is_pointer = parameter->kind == HANDLE || parameter->kind == TEXT || parameter->kind == OUT ||
                     parameter->kind == CALLBACK || parameter->kind == USER_DATA;
    struct argument limit = {NULL, INT32_MAX, NULL};
    if (is_pointer && parameter->nullable && parameter->kind != USER_DATA)
        bears_pointer(index, NULL, "NULL, which it may be");
    if (parameter->kind == TEXT) try_odd_texts(index);
    if (parameter->kind == NUMBER) {
        bears(index, limit, "of INT32_MAX");
        limit.integer = -1;
        bears(index, limit, "of -1");
    }
}

/* Freeing: whatever is no live object of the type is ignored, and a live one is freed once. */
static void judge_freeing(int index) {
    const struct parameter *parameter = &judged->parameters[index];
    misuse_handle(index);
    refuses_pointer(index, NULL, VSDK_STATUS_OK, "NULL");
    if (live[parameter->type] == NULL) return;

    misused = NULL;
    misuse = "used well, then again";
    int64_t before = live_handles();
    prepare();
    arguments[index].pointer = types[parameter->type].make();
    check(live_handles() == before + 1, "makes no new object");
    judged->call(arguments);
    check(live_handles() == before, "does not free");
    judged->call(arguments);
    check(live_handles() == before, "frees twice");
}

/* A function that never returns cannot be refused either; its name is what matters then. */
static void tell_what_hangs(int signal_number) {
    (void)signal_number;
    ssize_t written = write(2, judged->name, strlen(judged->name));
    written += write(2, " hangs\n", 7);
    _exit(written > 0 ? 3 : 4);
}

/* Whether the function works on an object that there is none of: then it is judged by that alone. */
static int lacks_object(void) {
    int index = find(HANDLE);
    return index >= 0 && live[judged->parameters[index].type] == NULL;
}

static void judge(const struct function *function) {
    alarm(300);
    judged = function;
    misused = NULL;
    misuse = "as a whole";
    int64_t before = live_handles();
    make_objects();
    int freed = find(FREED);
    if (freed >= 0) {
        judge_freeing(freed);
    } else if (lacks_object()) {
        misuse_handle(find(HANDLE));
        refuses_pointer(find(HANDLE), NULL, VSDK_STATUS_NULL_POINTER, "NULL");
    } else {
        for (int index = 0; index < judged->parameter_count; ++index) misuse_parameter(index);
        for (int index = 0; index < judged->parameter_count; ++index) try_parameter(index);
    }
    free_objects();
    misused = NULL;
    misuse = "as a whole";
    check(live_handles() == before, "leaks a handle");
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: %s URL API-KEY SECRET (of a service on this machine)\n", words[0]);
        return 2;
    }
    signal(SIGALRM, tell_what_hangs);
    prepare_objects(words[1], words[2], words[3]);
    make_dead_objects();
    for (int index = 0; index < function_count; ++index) judge(&functions[index]);

    judged = &functions[0];
    misused = NULL;
    misuse = "at the end of all";
    check(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL) == VSDK_STATUS_OK, "the library does not end");
    for (int32_t kind = 0; kind <= type_count; ++kind)
        check(vsdk_debug_live_handles(kind) == 0, "handles are left");

    printf("%d functions, %ld checks, %ld failures\n", function_count, checks, failures);
    return failures == 0 ? 0 : 1;
}
