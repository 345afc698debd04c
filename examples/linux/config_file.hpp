// ConfigFile: a function's config space, by the file `config` of sysfs. Port: the same with a clock, for the port above
// a function.
#pragma once

#include <endian.h>
#include <unistd.h>
#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "clock.hpp"
#include "file.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"

namespace host {

class ConfigFile {
 public:
  // Requires: root, for more than the first 64 bytes and for writing.
  // Errors: those of open().
  RESET_GUARD_MUST_USE static rg::Result<ConfigFile> open(const std::string& folder) {
    RESET_GUARD_TRY(auto file, File::open(folder + "/config", O_RDWR, "open config"));
    return ConfigFile(std::move(file));
  }

  // --- pci::ConfigAccess. Errors of the writes: those of pwrite(). ---

  std::uint8_t read8(std::uint16_t offset) const noexcept { return read<std::uint8_t>(offset); }
  std::uint16_t read16(std::uint16_t offset) const noexcept { return le16toh(read<std::uint16_t>(offset)); }
  std::uint32_t read32(std::uint16_t offset) const noexcept { return le32toh(read<std::uint32_t>(offset)); }
  RESET_GUARD_MUST_USE rg::Status write8(std::uint16_t offset, std::uint8_t value) { return write(offset, value); }
  RESET_GUARD_MUST_USE rg::Status write16(std::uint16_t offset, std::uint16_t value) {
    return write(offset, htole16(value));
  }
  RESET_GUARD_MUST_USE rg::Status write32(std::uint16_t offset, std::uint32_t value) {
    return write(offset, htole32(value));
  }

  // All of it, 256 or 4096 bytes; fewer if the function cannot be read.
  std::vector<std::uint8_t> bytes() const {
    std::vector<std::uint8_t> all(pci::extended_config_size);
    const ssize_t size = ::pread(file_.descriptor(), all.data(), all.size(), 0);
    all.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return all;
  }

 private:
  explicit ConfigFile(File file) noexcept : file_(std::move(file)) {}

  template <class Unsigned>
  Unsigned read(std::uint16_t offset) const noexcept {
    Unsigned value = 0;
    const bool whole = ::pread(file_.descriptor(), &value, sizeof value, offset) == ssize_t{sizeof value};
    return whole ? value : pci::all_ones<Unsigned>;
  }

  template <class Unsigned>
  RESET_GUARD_MUST_USE rg::Status write(std::uint16_t offset, Unsigned value) {
    const ssize_t size = ::pwrite(file_.descriptor(), &value, sizeof value, offset);
    if (size < 0) return last_error("config write");
    if (size != ssize_t{sizeof value}) return rg::Error(rg::Errc::io, 0, "config write");
    return rg::ok();
  }

  File file_;
};

class Port : public ConfigFile {
 public:
  // Requires: the clock outlives it.
  Port(ConfigFile config, const Clock& clock) noexcept : ConfigFile(std::move(config)), clock_(&clock) {}

  Duration now() const noexcept { return Clock::now(); }
  void sleep(Duration length) { clock_->sleep(length); }

 private:
  const Clock* clock_;
};

static_assert(pci::Port<Port>);

}  // namespace host
