// prepare and done, in the version that the function is reset with: what the kernel's functions do, written anew for
// the simulation. Each version's file says where it was published.
//
// Modelled is what decides whether a device is blocked. Left out are functions without an IOMMU, for which there is
// nothing to do. A group has one member: iommu_group_7_1.hpp has those of several, PASIDs, and attaches in mid-reset.
#pragma once

#include "function.hpp"
#include "prepare_done_7_0.hpp"
#include "prepare_done_7_1.hpp"
#include "prepare_done_march_2026.hpp"
#include "prepare_done_quarantine.hpp"

namespace upstream {
namespace detail {

inline int prepare(Function& function) {
  switch (function.version) {
    case Version::linux_7_0: return linux_7_0::prepare(function);
    case Version::march_2026: return march_2026::prepare(function);
    case Version::linux_7_1: return linux_7_1::prepare(function);
    case Version::quarantine: break;
  }
  return quarantine::prepare(function);
}

inline void done(Function& function, int result) {
  switch (function.version) {
    case Version::linux_7_0: return linux_7_0::done(function);
    case Version::march_2026: return march_2026::done(function, result);
    case Version::linux_7_1: return linux_7_1::done(function);
    case Version::quarantine: return quarantine::done(function, result);
  }
}

}  // namespace detail

// Before a reset, by each method function. `who`: its name. After a failure nothing is held, and done is not to be
// called.
inline int prepare(Function& function, const char* who) {
  function.hardware.entering(who);
  const int result = detail::prepare(function);
  function.hardware.entered(who, result);
  return result;
}

// After it. `result`: how it ended; some versions do not look.
inline void done(Function& function, const char* who, int result) {
  function.hardware.leaving(who, result);
  detail::done(function, result);
  function.hardware.left(who);
}

}  // namespace upstream
