/*
 * Sound in WAV files: samples of 16 bits, as most recorders write and all players read them. Used by
 * talk. A WAV file is little-endian, like every machine that this is for.
 */
#ifndef WAV_H
#define WAV_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct wav {
    FILE *file;
    int32_t sample_rate;
    int32_t channels;
    /* Samples of all channels together: those that are left to read, or those that were written. */
    uint32_t samples;
};

/* Opens a file and finds its sound. NULL on success, or what is wrong with it. */
static inline const char *wav_open(struct wav *wav, const char *path) {
    unsigned char chunk[8], format[16];
    uint32_t length;
    uint16_t coding = 0, channels = 0, bits = 0;

    wav->file = fopen(path, "rb");
    if (wav->file == NULL)
        return "it cannot be opened";
    if (fread(format, 1, 12, wav->file) != 12 || memcmp(format, "RIFF", 4) != 0 ||
        memcmp(format + 8, "WAVE", 4) != 0)
        return "it is no WAV file";
    while (fread(chunk, 1, 8, wav->file) == 8) {
        memcpy(&length, chunk + 4, 4);
        if (memcmp(chunk, "data", 4) == 0) {
            if (coding != 1 || bits != 16 || channels < 1 || channels > 2)
                return "it is not PCM of 16 bits with one channel or two";
            wav->channels = channels;
            wav->samples = length / 2;
            return NULL;
        }
        if (memcmp(chunk, "fmt ", 4) == 0 && length >= sizeof format) {
            if (fread(format, 1, sizeof format, wav->file) != sizeof format)
                break;
            memcpy(&coding, format, 2);
            memcpy(&channels, format + 2, 2);
            memcpy(&wav->sample_rate, format + 4, 4);
            memcpy(&bits, format + 14, 2);
            length -= (uint32_t)sizeof format;
        }
        /* Chunks have an even length. */
        if (fseek(wav->file, (long)length + (length & 1), SEEK_CUR) != 0)
            break;
    }
    return "there is no sound in it";
}

/* How many samples were read; fewer than asked for at the end. */
static inline size_t wav_read(struct wav *wav, int16_t *samples, size_t count) {
    size_t wanted = count < wav->samples ? count : wav->samples;
    size_t got = fread(samples, sizeof *samples, wanted, wav->file);
    wav->samples -= (uint32_t)got;
    return got;
}

static inline int wav_write_header(struct wav *wav) {
    uint32_t bytes = wav->samples * 2, riff = bytes + 36, sixteen = 16;
    uint32_t rate = (uint32_t)wav->sample_rate, rate_bytes = rate * (uint32_t)wav->channels * 2;
    uint16_t coding = 1, channels = (uint16_t)wav->channels, bits = 16;
    uint16_t frame_bytes = (uint16_t)(channels * 2);
    unsigned char header[44];

    memcpy(header, "RIFF", 4);
    memcpy(header + 4, &riff, 4);
    memcpy(header + 8, "WAVEfmt ", 8);
    memcpy(header + 16, &sixteen, 4);
    memcpy(header + 20, &coding, 2);
    memcpy(header + 22, &channels, 2);
    memcpy(header + 24, &rate, 4);
    memcpy(header + 28, &rate_bytes, 4);
    memcpy(header + 32, &frame_bytes, 2);
    memcpy(header + 34, &bits, 2);
    memcpy(header + 36, "data", 4);
    memcpy(header + 40, &bytes, 4);
    return fwrite(header, 1, sizeof header, wav->file) == sizeof header ? 0 : -1;
}

/* Begins a file. 0, or -1 with `errno`. */
static inline int wav_create(struct wav *wav, const char *path, int32_t sample_rate, int32_t channels) {
    wav->sample_rate = sample_rate;
    wav->channels = channels;
    wav->samples = 0;
    wav->file = fopen(path, "wb");
    return wav->file == NULL ? -1 : wav_write_header(wav);
}

/* 0, or -1 with `errno`. */
static inline int wav_write(struct wav *wav, const int16_t *samples, size_t count) {
    wav->samples += (uint32_t)count;
    return fwrite(samples, sizeof *samples, count, wav->file) == count ? 0 : -1;
}

/* Ends a file that was begun: its header says how long it is. 0, or -1 with `errno`. */
static inline int wav_finish(struct wav *wav) {
    int has_failed = fseek(wav->file, 0, SEEK_SET) != 0 || wav_write_header(wav) != 0;
    has_failed |= fclose(wav->file) != 0;
    return has_failed ? -1 : 0;
}

#endif
