// Fence: what keeps a function from memory while it is reset. CommandFence: the bits of its own Command register.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>

#include "config_file.hpp"
#include "pci/config.hpp"
#include "pci/registers.hpp"

namespace host {

class Fence {
 public:
  Fence() = default;
  Fence(const Fence&) = delete;
  Fence& operator=(const Fence&) = delete;
  virtual ~Fence() = default;

  // Effects: none if it is there already.
  // Errors: its own; nothing is held then.
  RESET_GUARD_MUST_USE virtual rg::Status block(ConfigFile& function) noexcept = 0;
  // Requires: the function's config space is what it was before the reset.
  // Errors: its own, and the fence stays; unfenced if it could not.
  RESET_GUARD_MUST_USE virtual rg::Status unblock() noexcept = 0;
  // For a person, in one line.
  [[nodiscard]] virtual const char* what() const noexcept = 0;
};

// Clears bus mastering and the decodes. The function is asked to stay quiet: this is no fence against a hostile device,
// nor against one that is broken. It goes with what is written back to Command.
class CommandFence final : public Fence {
 public:
  // A virtual function has bus mastering only.
  explicit CommandFence(bool virtual_function) noexcept
      : bits_(virtual_function ? pci::command::bus_master
                               : pci::command::bus_master | pci::command::memory_space | pci::command::io_space) {}

  rg::Status block(ConfigFile& function) noexcept override { return pci::clear_command(function, bits_); }
  rg::Status unblock() noexcept override { return rg::ok(); }
  const char* what() const noexcept override {
    return "bus mastering and decodes are off: no fence against a hostile device";
  }

 private:
  std::uint16_t bits_;
};

}  // namespace host
