// Huawei HiNIC virtual function: its firmware takes part in an FLR, and says when it is done.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

#include "pci/big_endian.hpp"
#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "reset_methods/flr.hpp"

namespace quirks {

namespace rg = reset_guard;

namespace hinic {
inline constexpr std::uint32_t flr_type = 0x1000;
inline constexpr std::uint32_t flr_capable = 1u << 30;  // in flr_type
inline constexpr std::uint32_t operation = 0xe80;
inline constexpr std::uint32_t flr_in_process = 1u << 18;  // in operation: software sets it, the firmware clears it
}  // namespace hinic

struct FirmwareAck : rg::Step<FirmwareAck> {
  static constexpr rg::Literal name = "firmware_ack";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function, typename F::Bar& bar) {
    return rg::poll_until(function, {std::chrono::seconds(15), std::chrono::milliseconds(20)}, name,
                          [&]() -> rg::Result<bool> {
                            pci::BigEndian registers(bar);
                            const std::uint32_t operation = pci::read_surely(registers, hinic::operation);
                            if (operation == pci::all_ones<std::uint32_t> && pci::reads_as_absent(function)) {
                              return rg::Error(rg::Errc::gone, 0, name);
                            }
                            return (operation & hinic::flr_in_process) == 0;
                          });
  }
};

// 'Maybe': the truth is in a register behind BAR 0, and a probe maps nothing.
template <pci::Function F>
rg::Probe probe_hinic_vf(const F& function) noexcept {
  if (pci::reads_as_absent(function)) return {rg::Support::no, "the function does not answer"};
  return {rg::Support::maybe, "FLR with the firmware, if a register behind BAR 0 says so"};
}

// Source: reset_hinic_vf_dev() of Linux, which drops the result of the FLR, logs its own timeout, and calls a failed
// map 'unsupported'. The outer fence covers the wait for the firmware, after the FLR's own has ended.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<methods::Flr, FirmwareAck> reset_hinic_vf(rg::ResetScope<F>& scope) {
  F& function = scope.device();
  RESET_GUARD_TRY(auto bar, function.map_bar(0));
  pci::BigEndian registers(bar);

  const std::uint32_t type = pci::read_surely(registers, hinic::flr_type);
  if (type == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read FLR type");
  if ((type & hinic::flr_capable) == 0) return rg::Error(rg::Errc::unsupported, 0, "the firmware offers no FLR");

  scope.touch();
  const std::uint32_t operation = pci::read_surely(registers, hinic::operation) | hinic::flr_in_process;
  registers.write32(hinic::operation, operation);
  // The FLR must not overtake the write. A function that lost it would acknowledge nothing at once.
  if (pci::read_surely(registers, hinic::operation) != operation) return rg::Error(rg::Errc::io, 0, "announce FLR");
  RESET_GUARD_TRY(auto flr, methods::Flr::run(function));
  // Config writes tell the device its bus number, which it lost in the FLR and answers with.
  RESET_GUARD_CHECK(function.write16(pci::header::vendor_id, 0));
  RESET_GUARD_TRY(auto acknowledged, FirmwareAck::run(scope, bar));
  return rg::join(std::move(flr), std::move(acknowledged));
}

}  // namespace quirks
