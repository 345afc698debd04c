// reset_guard: a reset that nests, loses no error, and calls nothing a success without evidence. The freestanding core.
//
//   error <- result <- evidence <- state <- scope <- handler, chain
#pragma once

#include "attributes.hpp"
#include "error.hpp"
#include "trap.hpp"
#include "result.hpp"
#include "try.hpp"
#include "outcome.hpp"
#include "evidence.hpp"
#include "step.hpp"
#include "state.hpp"
#include "device.hpp"
#include "scope.hpp"
#include "handler.hpp"
#include "first_error.hpp"
#include "poll.hpp"
#include "handler_table.hpp"
#include "chain.hpp"
