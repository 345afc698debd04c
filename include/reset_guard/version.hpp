/// Which version of the library this is.
#pragma once

/// MAJOR * 10 000 + MINOR * 100 + PATCH: `#if RESET_GUARD_VERSION >= 200` is 0.2.0 or later.
#define RESET_GUARD_VERSION 200
