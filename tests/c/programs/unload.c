/* Loaded by hand, and unloaded by someone who should not: it stays, as its threads may run.
 *
 * Only what is looked up here is used: this program is not linked with the library.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vsdk.h>

#define CHECK(condition)                                                    \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                        \
        }                                                                   \
    } while (0)

/* ISO C knows no way from an object's address to a function's; POSIX promises this one. */
#define LOOK_UP(function)                                    \
    do {                                                     \
        void *address_ = dlsym(library, "vsdk_" #function);  \
        CHECK(address_ != NULL);                             \
        memcpy(&function, &address_, sizeof address_);       \
    } while (0)

static VsdkStatus (*token_fetch)(const char *, const VsdkTokenFetchOptions *, int64_t, VsdkToken **,
                                 VsdkError **);
static void (*token_free)(VsdkToken *);
static VsdkStatus (*shutdown)(int64_t, VsdkError **);
static int64_t (*debug_live_handles)(VsdkHandleKind);

static void *load(const char *path, int mode) {
    void *library = dlopen(path, mode);
    if (library == NULL) fprintf(stderr, "%s\n", dlerror());
    CHECK(library != NULL);
    LOOK_UP(token_fetch);
    LOOK_UP(token_free);
    LOOK_UP(shutdown);
    LOOK_UP(debug_live_handles);
    return library;
}

static void use(const char *url) {
    VsdkToken *token = NULL;
    CHECK(token_fetch(url, NULL, VSDK_TIMEOUT_DEFAULT, &token, NULL) == VSDK_STATUS_OK);
    token_free(token);
    CHECK(debug_live_handles(VSDK_HANDLE_KIND_ALL) == 0);
}

static int is_mapped(void) {
    char line[1000];
    int found = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    CHECK(maps != NULL);
    while (fgets(line, sizeof line, maps) != NULL) found |= strstr(line, "libvsdk") != NULL;
    fclose(maps);
    return found;
}

int main(int count, char **words) {
    char url[400];
    CHECK(count == 3);
    snprintf(url, sizeof url, "%s/get-token", words[1]);
    CHECK(!is_mapped());

    void *library = load(words[2], RTLD_NOW | RTLD_LOCAL);
    CHECK(dlsym(RTLD_DEFAULT, "vsdk_version") == NULL); /* local */
    use(url);
    CHECK(dlclose(library) == 0); /* while its threads run */
    CHECK(is_mapped());
    use(url); /* what was looked up is still good */

    for (int round = 0; round < 3; ++round) {
        library = load(words[2], RTLD_NOW | RTLD_LOCAL);
        use(url);
        CHECK(shutdown(VSDK_TIMEOUT_DEFAULT, NULL) == VSDK_STATUS_OK);
        CHECK(dlclose(library) == 0);
        CHECK(is_mapped());
    }
    puts("all is over");
    return 0;
}
