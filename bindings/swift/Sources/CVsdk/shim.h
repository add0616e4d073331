/* What Swift sees of the library: its whole header. SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <vsdk.h>
