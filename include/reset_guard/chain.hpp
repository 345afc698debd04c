// MethodChain: the ways to reset a device, in order, under one fence.
#pragma once

#include <cstddef>
#include <cstdint>

#include "handler.hpp"
#include "move.hpp"
#include "try.hpp"

namespace reset_guard {

enum class Support : std::uint8_t {
  no,
  maybe,  // the truth needs more than a look from outside: reset may still say unsupported, untouched
  yes,
};

// What a probe found out.
struct Probe {
  Support support;
  const char* why;  // a sentence for people, mainly why not; a string that lives for ever
};

// One way to reset a Device, with evidence for the step S.
template <class Device, class S>
struct Method {
  const char* name;
  Probe (*probe)(const Device&) noexcept;              // a look: it changes nothing and opens no scope
  Verdict<S> (*reset)(Device&);                        // opens a scope of its own
  bool works_unresponsive = false;                     // it does not need the device to answer (a reset from the bus)
  bool (*excluded)(const Device&) noexcept = nullptr;  // a per-device 'no such method' flag
};

struct ChainOptions {
  bool fall_back_after_timeout = false;  // after timed_out, go on to the methods that work on an unresponsive device
};

// The methods in their order. The chain points to them; they live for ever.
template <class Device, class S>
class MethodChain {
 public:
  using Entry = Method<Device, S>;

  template <std::size_t size>
  consteval MethodChain(const Entry (&methods)[size]) noexcept : begin_(methods), end_(methods + size) {}

  // The same of methods that are chosen at run time. Requires: they outlive the chain.
  constexpr MethodChain(const Entry* methods, std::size_t size) noexcept : begin_(methods), end_(methods + size) {}

  constexpr const Entry* begin() const noexcept { return begin_; }
  constexpr const Entry* end() const noexcept { return end_; }

  // What: whether a method is offered for this device, its flags included. Changes nothing.
  static constexpr Probe probe(const Entry& method, const Device& device) noexcept {
    if (method.excluded != nullptr && method.excluded(device)) {
      return {Support::no, "the device is flagged: no such method"};
    }
    return method.probe(device);
  }

  // What: resets the device by the first method that can, in one scope around all tries.
  // Effects: probes first, without a scope: if nothing is supported, no hook is called. Goes on after 'unsupported',
  // stops at a failure. After timed_out it goes on only with fall_back_after_timeout, only to methods that work on an
  // unresponsive device, and names the failure that it overrules.
  // Returns: the evidence of the method that worked; or
  // Errors: unsupported (no method is for this device), a method's error (of several the first), those of reset().
  // Source: __pci_reset_function_locked(), which also goes on after a timeout, since both say -ENOTTY there.
  RESET_GUARD_MUST_USE Verdict<S> reset(Device& device, ChainOptions options = {}) const {
    const Error nothing_tried(Errc::unsupported, 0, "no reset method");
    if (next_to_try(begin_, device, nothing_tried) == end_) return nothing_tried;
    return reset_guard::reset(device, [&](ResetScope<Device>& scope) { return try_each(scope, options); });
  }

 private:
  RESET_GUARD_MUST_USE Verdict<S> try_each(ResetScope<Device>& scope, ChainOptions options) const {
    Error answer(Errc::unsupported, 0, "no reset method");
    const Entry* method = next_to_try(begin_, scope.device(), answer);
    while (method != end_) {
      auto verdict = method->reset(scope.device());
      if (!verdict.failed()) return verdict;
      const Error error = RESET_GUARD_MOVE(verdict).error();
      if (error.code != Errc::unsupported) {
        const bool first = answer.code == Errc::unsupported;
        if (first) {
          answer = error;
        } else {
          answer.count_later();
        }
        const bool stop = error.code != Errc::timed_out || !options.fall_back_after_timeout;
        method = stop ? end_ : next_to_try(method + 1, scope.device(), answer);
        if (first && method == end_) return answer;
        RESET_GUARD_CHECK(scope.supersede(error));  // a fallback's own failure too: the first one is the answer
      } else {
        method = next_to_try(method + 1, scope.device(), answer);
      }
    }
    return answer;
  }

  // `answer` is the chain's answer so far: unsupported, or the failure after which a fallback is looked for.
  constexpr const Entry* next_to_try(const Entry* from, const Device& device, const Error& answer) const noexcept {
    const bool fallback = answer.code != Errc::unsupported;
    while (from != end_ && ((fallback && !from->works_unresponsive) || probe(*from, device).support == Support::no))
      ++from;
    return from;
  }

  const Entry* begin_;
  const Entry* end_;
};

}  // namespace reset_guard
