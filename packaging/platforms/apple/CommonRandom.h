/*
 * Stands in for CommonCrypto/CommonRandom.h, which Zig does not carry: the one function of it that the
 * cryptography of the library calls.
 */
#ifndef COMMON_RANDOM_H
#define COMMON_RANDOM_H

#include <stddef.h>
#include <stdint.h>

enum { kCCSuccess = 0 };

int32_t CCRandomGenerateBytes(void *bytes, size_t count);

#endif
