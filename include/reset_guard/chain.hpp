/// MethodChain: the ways to reset a device, in order, under one fence.
#pragma once

#include <cstddef>
#include <cstdint>

#include "attributes.hpp"
#include "move.hpp"
#include "reset.hpp"
#include "try.hpp"

namespace reset_guard {

namespace detail {

// A method that is tried in a chain's scope.
template <class Device>
class Try {
 public:
  explicit Try(ResetScope<Device>& scope) noexcept
      : scope_(scope), touched_before_(scope.machine().begin_try(*scope.level_)) {}

  // The error as it was recorded.
  Error failed(Error error) noexcept {
    return ErrorAccess::error(scope_.machine().end_try(*scope_.level_, ErrorAccess::word(error), touched_before_));
  }

 private:
  ResetScope<Device>& scope_;
  bool touched_before_;
};

}  // namespace detail

/// Whether a device can be reset by a method.
enum class Support : std::uint8_t {
  no,     ///< the chain does not try it
  maybe,  ///< the truth needs more than a look from outside: reset may still say unsupported, untouched
  yes,    ///< all that can be seen from outside says so
};

/// What a probe found out.
struct Probe {
  Support support;  ///< the answer
  const char* why;  ///< a sentence for people, mainly why not; a string that lives as long as the program
};

/// One way to reset a Device, with evidence for the step S.
template <class Device, class S>
struct Method {
  const char* name;                                    ///< for people: a string that lives as long as the program
  Probe (*probe)(const Device&) noexcept;              ///< a look: it changes nothing and opens no scope
  Verdict<S> (*reset)(Device&);                        ///< opens a scope of its own
  bool works_unresponsive = false;                     ///< it does not need the device to answer (a reset from the bus)
  bool (*excluded)(const Device&) noexcept = nullptr;  ///< a per-device 'no such method' flag; nullptr: it has none
};

/// What MethodChain::reset() is to do beyond going through the methods.
struct ChainOptions {
  bool fall_back_after_timeout = false;  ///< after timed_out, go on to the methods that work on an unresponsive device
};

/// The ways to reset a device, in their order. Its reset() tries them under one fence.
///
/// The chain is two pointers; the methods are not its own.
template <class Device, class S>
class MethodChain {
 public:
  using Entry = Method<Device, S>;  ///< what it is a chain of

  /// Of methods that are known when the program is compiled.
  /// Requires: they live as long as the program.
  template <std::size_t size>
  RESET_GUARD_CONSTEVAL MethodChain(const Entry (&methods)[size]) noexcept : begin_(methods), end_(methods + size) {}

  /// Of methods that are chosen at run time: the first `size` of `methods`.
  /// Requires: they outlive the chain.
  constexpr MethodChain(const Entry* methods, std::size_t size) noexcept : begin_(methods), end_(methods + size) {}

  constexpr const Entry* begin() const noexcept { return begin_; }  ///< the first method
  constexpr const Entry* end() const noexcept { return end_; }      ///< past the last method

  /// Whether a method is offered for this device, its flags included. Changes nothing.
  static constexpr Probe probe(const Entry& method, const Device& device) noexcept {
    if (method.excluded != nullptr && method.excluded(device)) {
      return {Support::no, "the device is flagged: no such method"};
    }
    return method.probe(device);
  }

  /// Resets the device by the first method that can, in one scope around all tries.
  /// Requires: the caller may reset the device (ResetState: it holds the device's lock).
  /// Effects: probes first, without a scope: if nothing is supported, no hook is called. Goes on after `unsupported`
  /// while that method has touched nothing, and after a claim that cannot lift the device's quarantine; stops at a
  /// failure. After `timed_out` it goes on only with ChainOptions::fall_back_after_timeout, only to methods that work
  /// on an unresponsive device, and overrules the failure.
  /// Returns: the evidence of the method that worked.
  /// Errors: unsupported (no method is for this device); a method's error, of several the first; those of
  /// reset_guard::reset().
  /// Source: `__pci_reset_function_locked()`, which also goes on after a timeout, since both say -ENOTTY there.
  RESET_GUARD_MUST_USE Verdict<S> reset(Device& device, ChainOptions options = {}) const {
    const Error nothing_tried(Errc::unsupported, 0, "no reset method");
    if (next_to_try(begin_, device, false) == end_) return nothing_tried;
    return reset_guard::reset(device, [&](ResetScope<Device>& scope) { return try_each(scope, options); });
  }

 private:
  RESET_GUARD_MUST_USE Verdict<S> try_each(ResetScope<Device>& scope, ChainOptions options) const {
    detail::Word answer = detail::Word::error(Errc::unsupported, 0, "no reset method");
    bool fallback = false;
    for (const Entry* method = next_to_try(begin_, scope.device(), false); method != end_;
         method = next_to_try(method + 1, scope.device(), fallback)) {
      detail::Try<Device> tried(scope);
      auto verdict = method->reset(scope.device());
      if (!verdict.failed()) {
        auto evidence = RESET_GUARD_MOVE(verdict).take();
        const bool lifts_nothing = evidence.claimed() && detail::machine_of(scope.device()).quarantined();
        if (!lifts_nothing || next_to_try(method + 1, scope.device(), fallback) == end_) return evidence;
        if (!fallback) answer = detail::Word::error(Errc::not_shown, 0, method->name);
        continue;
      }
      const Error error = tried.failed(RESET_GUARD_MOVE(verdict).error());
      if (error.code() == Errc::unsupported) continue;
      const bool first = !fallback;
      answer = first ? detail::ErrorAccess::word(error) : answer.with_later(answer.later() + 1);
      fallback = true;
      const bool stop = error.code() != Errc::timed_out || !options.fall_back_after_timeout;
      const bool last = stop || next_to_try(method + 1, scope.device(), true) == end_;
      if (last && first) break;
      Status overruled = scope.overrule(error);  // a fallback's own failure too: the first one is the answer
      if (overruled.failed()) {
        RESET_GUARD_MOVE(overruled).discard("the failure stays, and is the answer");
        break;
      }
      if (last) break;
    }
    return detail::ErrorAccess::error(answer);
  }

  constexpr const Entry* next_to_try(const Entry* from, const Device& device, bool fallback) const noexcept {
    while (from != end_ && ((fallback && !from->works_unresponsive) || probe(*from, device).support == Support::no))
      ++from;
    return from;
  }

  const Entry* begin_;
  const Entry* end_;
};

}  // namespace reset_guard
