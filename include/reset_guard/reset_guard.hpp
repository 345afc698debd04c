/// The freestanding core: a reset that nests, loses no error, and calls nothing a success without evidence.
#pragma once

// clang-format off: in reading order; nothing includes what comes after it
#include "version.hpp"
#include "error.hpp"
#include "trap.hpp"
#include "result.hpp"
#include "try.hpp"
#include "first_error.hpp"
#include "outcome.hpp"
#include "evidence.hpp"
#include "witness.hpp"
#include "contents.hpp"
#include "step.hpp"
#include "state.hpp"
#include "device.hpp"
#include "scope.hpp"
#include "reset.hpp"
#include "quarantine.hpp"
#include "poll.hpp"
#include "handler_table.hpp"
#include "chain.hpp"
// clang-format on
