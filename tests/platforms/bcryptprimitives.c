/*
 * Stands in for a DLL of Windows under Wine 8, whose own lacks the one function that Rust's standard
 * library takes from it. For the test only: Windows has it since version 8.
 */
#include <windows.h>

#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    /* It takes a shorter length than the caller may have. */
    while (length > 0) {
        ULONG part = length > 0x10000 ? 0x10000 : (ULONG)length;
        if (!RtlGenRandom(data, part)) {
            return FALSE;
        }
        data += part;
        length -= part;
    }
    return TRUE;
}
