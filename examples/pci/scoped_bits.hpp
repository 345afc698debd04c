// with_bits16(): bits of a register that are changed for a while, and put back on every path.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "config.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {
namespace detail {

// The bits of one register that are to be put back, once.
template <ConfigAccess F>
class BitsToPutBack {
 public:
  BitsToPutBack(F& function, std::uint16_t offset, std::uint16_t mask, std::uint16_t old) noexcept
      : function_(function), offset_(offset), mask_(mask), old_(old) {}
  BitsToPutBack(const BitsToPutBack&) = delete;
  BitsToPutBack& operator=(const BitsToPutBack&) = delete;
  ~BitsToPutBack() {
    if (pending_) put_back().discard("an exception passes: it is what the caller learns");
  }

  RESET_GUARD_MUST_USE rg::Status put_back() {
    pending_ = false;
    const std::uint16_t now = function_.read16(offset_);
    if (now != all_ones<std::uint16_t>) {
      const auto back = static_cast<std::uint16_t>((now & ~mask_) | (old_ & mask_));
      if (back == now) return rg::ok();
      return function_.write16(offset_, back);
    }
    // Nobody answers, or this one read went wrong. The old value is right then, but for what lies beside the bits.
    return rg::first_error(rg::Status(rg::Error(rg::Errc::gone, 0, "put bits back")), function_.write16(offset_, old_));
  }

 private:
  F& function_;
  const std::uint16_t offset_;
  const std::uint16_t mask_;
  const std::uint16_t old_;
  bool pending_ = true;
};

}  // namespace detail

// Runs `body` with bits of a 16-bit register changed: those of `clear` to 0, those of `set` to 1.
// Requires: body() returns a Status or a Result.
// Effects: afterwards exactly those bits are what they were before, also when body failed or an exception passes, and
// also when the first write failed (it may have reached the device). Bits beside them that body changed stay.
// Returns: body's result.
// Errors: gone if the register reads all ones before; the first write's own: then body does not run; body's; that of
// putting the bits back, behind body's if that failed too.
template <ConfigAccess F, class Body>
RESET_GUARD_MUST_USE auto with_bits16(F& function, std::uint16_t offset, std::uint16_t clear, std::uint16_t set,
                                      Body body) -> decltype(body()) {
  using Answer = decltype(body());
  const std::uint16_t old = function.read16(offset);
  if (old == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "set bits");
  const auto changed = static_cast<std::uint16_t>((old & ~clear) | set);
  detail::BitsToPutBack<F> bits(function, offset, clear | set, old);
  if (changed != old) {
    rg::Status written = function.write16(offset, changed);
    if (written.failed()) return rg::first_error(Answer(std::move(written).error()), bits.put_back());
  }
  Answer answer = body();
  return rg::first_error(std::move(answer), bits.put_back());
}

}  // namespace pci
