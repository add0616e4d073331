/*
 * Creates rooms with libcurl; benches/create_room/worker.rs says what a worker is asked and answers.
 * One handle with one call at a time; the multi interface, with 32 connections, for several.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <curl/curl.h>

enum { LARGEST_REPLY = 16384, CONNECTIONS = 32 };

struct call {
    CURL *curl;
    double started_us;
    size_t length;
    char reply[LARGEST_REPLY];
};

static char url[512];
static struct curl_slist *headers;

static void must(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "libcurl worker: %s\n", what);
        exit(1);
    }
}

static double now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double processor_us(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static size_t keep(char *bytes, size_t size, size_t count, void *user_data) {
    struct call *call = user_data;
    size_t length = size * count;
    must(call->length + length < LARGEST_REPLY, "a reply that is too long");
    memcpy(call->reply + call->length, bytes, length);
    call->length += length;
    call->reply[call->length] = '\0';
    return length;
}

static void prepare(struct call *call) {
    call->curl = curl_easy_init();
    must(call->curl != NULL, "no handle");
    curl_easy_setopt(call->curl, CURLOPT_URL, url);
    curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDS, "{\"customRoomId\":\"benchmark\"}");
    curl_easy_setopt(call->curl, CURLOPT_TIMEOUT_MS, 30000L);
    curl_easy_setopt(call->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(call->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(call->curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(call->curl, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(call->curl, CURLOPT_PRIVATE, call);
}

static void begin(struct call *call) {
    call->length = 0;
    call->reply[0] = '\0';
    call->started_us = now_us();
}

/* Its latency. There is no JSON in libcurl: a room is looked for as text. */
static double end(struct call *call, CURLcode result) {
    long status = 0;
    must(result == CURLE_OK, curl_easy_strerror(result));
    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    must(status == 200 && strstr(call->reply, "\"roomId\"") != NULL, call->reply);
    return now_us() - call->started_us;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void one_at_a_time(struct call *call, int count, double *latencies) {
    for (int number = 0; number < count; number++) {
        begin(call);
        latencies[number] = end(call, curl_easy_perform(call->curl));
    }
}

static void several(CURLM *multi, struct call *calls, int in_flight, int count, double *latencies) {
    int started = 0, ended = 0, running, queued;
    while (started < in_flight && started < count) {
        begin(&calls[started]);
        curl_multi_add_handle(multi, calls[started++].curl);
    }
    while (ended < count) {
        CURLMsg *message;
        must(curl_multi_perform(multi, &running) == CURLM_OK, "curl_multi_perform");
        while ((message = curl_multi_info_read(multi, &queued)) != NULL) {
            struct call *call;
            CURLcode result = message->data.result;
            if (message->msg != CURLMSG_DONE) continue;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
            latencies[ended++] = end(call, result);
            curl_multi_remove_handle(multi, call->curl);
            if (started < count) {
                started++;
                begin(call);
                curl_multi_add_handle(multi, call->curl);
            }
        }
        if (ended < count) must(curl_multi_poll(multi, NULL, 0, 1000, NULL) == CURLM_OK, "curl_multi_poll");
    }
}

int main(void) {
    enum { MOST = 256 };
    static struct call calls[MOST];
    char header[4096];
    int in_flight, count;
    const char *endpoint = getenv("VIDEOSDK_API_ENDPOINT"), *token = getenv("VIDEOSDK_TOKEN");

    must(endpoint != NULL && token != NULL, "it is not told where, or with which token");
    must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "curl_global_init");
    snprintf(url, sizeof url, "%s/v2/rooms", endpoint);
    snprintf(header, sizeof header, "Authorization: %s", token);
    headers = curl_slist_append(NULL, header);
    headers = curl_slist_append(headers, "Content-Type: application/json");
    for (int number = 0; number < MOST; number++) prepare(&calls[number]);
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)CONNECTIONS);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS);

    puts("ready");
    fflush(stdout);
    while (scanf("%d %d", &in_flight, &count) == 2) {
        must(in_flight > 0 && in_flight <= MOST && count > 0, "a round that is out of bounds");
        double *latencies = malloc((size_t)count * sizeof *latencies);
        double start = now_us(), processor = processor_us();
        if (in_flight == 1)
            one_at_a_time(&calls[0], count, latencies);
        else
            several(multi, calls, in_flight, count, latencies);
        double took = now_us() - start, used = processor_us() - processor;
        qsort(latencies, (size_t)count, sizeof *latencies, by_size);
        printf("%f %f %f\n", took / count, used / count, latencies[count / 2]);
        fflush(stdout);
        free(latencies);
    }
    for (int number = 0; number < MOST; number++) curl_easy_cleanup(calls[number].curl);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    return 0;
}
