#pragma once

#include "c_bare.hpp"
#include "under_mutex.hpp"

namespace bench {

struct CUnderMutex : UnderMutex<CBare> {
  static constexpr const char* name = "c_under_mutex";
};

}  // namespace bench
