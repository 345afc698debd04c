// with_bits16(), with_pulse16(): bits of a register that are changed for a while, and put back on every path.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "config.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {

// When a register may be looked at after a write. PMCSR is left alone for 10 ms after a change of the power state:
// there the caller looks, later.
enum class ReadBack : std::uint8_t { now, later };

namespace detail {

// The bits of one register that are to be put back, once.
template <ConfigAccess F>
class BitsToPutBack {
 public:
  BitsToPutBack(F& function, std::uint16_t offset, std::uint16_t mask, std::uint16_t old, ReadBack read_back) noexcept
      : function_(function), offset_(offset), mask_(mask), old_(old), read_back_(read_back) {}
  BitsToPutBack(const BitsToPutBack&) = delete;
  BitsToPutBack& operator=(const BitsToPutBack&) = delete;
  ~BitsToPutBack() {
    if (pending_) put_back().discard("an exception passes: it is what the caller learns");
  }

  RESET_GUARD_MUST_USE rg::Status put_back() {
    pending_ = false;
    auto now = read_surely<std::uint16_t>(function_, offset_);
    if (now != all_ones<std::uint16_t>) {
      const auto back = static_cast<std::uint16_t>((now & ~mask_) | (old_ & mask_));
      for (unsigned time = 0; time != 3 && back != now; ++time) {  // a write may be lost
        RESET_GUARD_CHECK(function_.write16(offset_, back));
        if (read_back_ == ReadBack::later) return rg::ok();
        now = read_surely<std::uint16_t>(function_, offset_);
        if (now == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "put bits back");
        if (((now ^ back) & mask_) == 0) return rg::ok();
      }
      if (back == now) return rg::ok();
      return rg::Error(rg::Errc::io, now, "put bits back");
    }
    // Nobody answers, or this one read went wrong. The old value is right then, but for what lies beside the bits.
    return rg::first_error(rg::Status(rg::Error(rg::Errc::gone, 0, "put bits back")), function_.write16(offset_, old_));
  }

 private:
  F& function_;
  const std::uint16_t offset_;
  const std::uint16_t mask_;
  const std::uint16_t old_;
  const ReadBack read_back_;
  bool pending_ = true;
};

// The bits of `mask` are `during` while body runs, and `afterwards` after it; the register was `old`.
template <ConfigAccess F, class Body>
RESET_GUARD_MUST_USE auto pulse_bits16(F& function, std::uint16_t offset, std::uint16_t old, std::uint16_t mask,
                                       std::uint16_t during, std::uint16_t afterwards, ReadBack read_back, Body body)
    -> decltype(body()) {
  using Answer = decltype(body());
  if (old == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "set bits");
  const auto changed = static_cast<std::uint16_t>((old & ~mask) | during);
  BitsToPutBack<F> bits(function, offset, mask, static_cast<std::uint16_t>((old & ~mask) | afterwards), read_back);
  if (changed != old) {
    rg::Status written = function.write16(offset, changed);
    if (written.failed()) return rg::first_error(Answer(std::move(written).error()), bits.put_back());
    if (read_back == ReadBack::now) {
      const auto taken = read_surely<std::uint16_t>(function, offset);
      if (((taken ^ changed) & mask) != 0) {
        const rg::Errc code = taken == all_ones<std::uint16_t> ? rg::Errc::gone : rg::Errc::io;
        return rg::first_error(Answer(rg::Error(code, taken, "set bits")), bits.put_back());
      }
    }
  }
  Answer answer = body();
  return rg::first_error(std::move(answer), bits.put_back());
}

}  // namespace detail

// Runs `body` with bits of a 16-bit register changed: those of `clear` to 0, those of `set` to 1.
// Requires: body() returns a Status or a Result.
// Effects: afterwards exactly those bits are what they were before, also when body failed or an exception passes, and
// also when the first write failed (it may have reached the device). Bits beside them that body changed stay.
// Returns: body's result.
// Errors: gone if the register reads all ones before; the first write's own, and io if the bits did not change: then
// body does not run; body's; that of putting the bits back, behind body's if that failed too.
template <ConfigAccess F, class Body>
RESET_GUARD_MUST_USE auto with_bits16(F& function, std::uint16_t offset, std::uint16_t clear, std::uint16_t set,
                                      Body body, ReadBack read_back = ReadBack::now) -> decltype(body()) {
  const auto old = read_surely<std::uint16_t>(function, offset);
  const auto mask = static_cast<std::uint16_t>(clear | set);
  return detail::pulse_bits16(function, offset, old, mask, set, static_cast<std::uint16_t>(old & mask), read_back,
                              std::move(body));
}

// A field of a register that has one value during a reset and another one after it, whatever it was before.
struct Pulse {
  std::uint16_t mask;
  std::uint16_t during;
  std::uint16_t afterwards;
  ReadBack read_back = ReadBack::now;
};

// The same for a pulse. A reset before this one may have ended with a write that failed, and have left the bits as they
// are during one: what they were before is not what they are to be.
template <ConfigAccess F, class Body>
RESET_GUARD_MUST_USE auto with_pulse16(F& function, std::uint16_t offset, Pulse pulse, Body body) -> decltype(body()) {
  const auto old = read_surely<std::uint16_t>(function, offset);
  return detail::pulse_bits16(function, offset, old, pulse.mask, pulse.during, pulse.afterwards, pulse.read_back,
                              std::move(body));
}

}  // namespace pci
