// Intel 82599 virtual function: it has FLR and does not say so.
#pragma once

#include "flr.hpp"
#include "function.hpp"

namespace upstream {

// Upstream's faults: the result of FLR is dropped; its probe reports support without looking.
// Source: reset_intel_82599_sfp_virtfn() of Linux.
inline int reset_82599_vf(Function& function, Purpose purpose) {
  if (purpose == Purpose::reset) flr(function);
  return 0;
}

}  // namespace upstream
