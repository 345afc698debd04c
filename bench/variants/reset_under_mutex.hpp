#pragma once

#include "reset.hpp"
#include "under_mutex.hpp"

namespace bench {

struct ResetUnderMutex : UnderMutex<Reset> {
  static constexpr const char* name = "reset_under_mutex";
};

}  // namespace bench
