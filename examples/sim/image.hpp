// Image: one function's config space as it was read somewhere, checked; what a simulated function is built from.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "behaviour.hpp"
#include "config_space.hpp"
#include "pci/capability.hpp"
#include "pci/id.hpp"
#include "pci/registers.hpp"

namespace sim {

namespace rg = reset_guard;

// What was wrong with an input, for a person: one line.
struct InputError {
  std::string file;
  std::string what;
  std::string remedy;  // may be empty

  std::string message() const { return file + ": " + what + (remedy.empty() ? "" : " (" + remedy + ")"); }
};

class Image {
 public:
  pci::Address address;
  bool address_known = true;
  std::string file;       // where the bytes came from
  bool requested = true;  // false: there to know the topology only
  std::string note;       // how it differs from what was read; empty: it does not
  Behaviour behaviour;

  // What sysfs says beyond the bytes.
  bool on_root_bus = false;                   // no port is above it
  std::optional<std::string> kernel_methods;  // the file reset_method; nothing: there is none

  // What: checks bytes as they come from a file.
  // Requires: `id` is what the platform knows, if it knows more than the bytes (a virtual function's read ffff:ffff).
  // Returns: the image, with the behaviour that goes with its id.
  // Errors: invalid, and `why` says what and how to mend it: a size that no config space has; an absent function (all
  // ones); a header that is none; a capability list with a loop or a pointer out of range.
  // An extended config space that repeats the first 256 bytes is none: the image has 256.
  RESET_GUARD_MUST_USE static rg::Result<Image> from_bytes(std::vector<std::uint8_t> bytes, const pci::Address& address,
                                                           std::optional<pci::Id> id, std::string file,
                                                           InputError& why) {
    why = InputError{file, {}, {}};
    if (check_size(bytes.size(), why) && is_repeated(bytes)) bytes.resize(pci::conventional_config_size);
    if (!check(bytes, why)) return rg::Error(rg::Errc::invalid, 0, "config space");
    Image image(std::move(bytes), address, std::move(file));
    image.id_ = image.read_id();
    if (image.id_ == pci::unreadable_id && id) image.id_ = *id;
    image.behaviour = behaviour_of(image.id_, image.class_code());
    return image;
  }

  // Whether a config space has this size; if not, `why` says so.
  static bool check_size(std::uintmax_t size, InputError& why) {
    if (size == 64) {
      why.what = "64 bytes: that is all that sysfs gives to a user who is not root";
      why.remedy = "read it as root";
      return false;
    }
    if (size != pci::conventional_config_size && size != pci::extended_config_size) {
      why.what = (size == 0 ? std::string("empty") : std::to_string(size) + (size == 1 ? " byte" : " bytes")) +
                 ": a config space has 256 or 4096";
      why.remedy = "copy the whole of a function's config file";
      return false;
    }
    return true;
  }

  const std::vector<std::uint8_t>& bytes() const noexcept { return bytes_; }
  ConfigView config() const noexcept { return ConfigView(bytes_); }
  pci::Id id() const noexcept { return id_; }
  std::uint32_t class_code() const noexcept { return config().read32(pci::header::revision_id) >> 8; }
  std::uint8_t revision() const noexcept { return config().read8(pci::header::revision_id); }
  std::uint8_t header_type() const noexcept { return config().read8(pci::header::header_type); }
  bool is_bridge() const noexcept { return (header_type() & pci::header::type_mask) == pci::header::type_bridge; }

  // Its ids read ffff:ffff, and the rest is alive.
  bool is_virtual_function() const noexcept { return read_id() == pci::unreadable_id; }

 private:
  friend struct ImageAccess;  // patch.hpp

  Image(std::vector<std::uint8_t> bytes, const pci::Address& at, std::string name)
      : address(at), file(std::move(name)), bytes_(std::move(bytes)) {}

  pci::Id read_id() const noexcept {
    return {config().read16(pci::header::vendor_id), config().read16(pci::header::device_id)};
  }

  // Some bridges decode eight bits of a register's offset: above the first 256 bytes of what is behind them these are
  // read again. The ids tell, as in Linux: the bytes were not all read at one time.
  // Source: pci_ext_cfg_is_aliased() of Linux, for the AMD RS690 among others.
  static bool is_repeated(const std::vector<std::uint8_t>& bytes) noexcept {
    const ConfigView config(bytes);
    const std::uint32_t ids = config.read32(pci::header::vendor_id);
    std::size_t at = pci::extended::start;
    while (at < bytes.size() && config.read(at, 4) == ids) at += pci::conventional_config_size;
    return bytes.size() > pci::conventional_config_size && at >= bytes.size();
  }

  static bool check(const std::vector<std::uint8_t>& bytes, InputError& why) {
    if (!check_size(bytes.size(), why)) return false;
    const ConfigView config(bytes);
    if (std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0xff; }) ||
        pci::reads_as_absent(config)) {
      why.what = "all ones: no function answered";
      why.remedy = "it was absent or powered off when it was read";
      return false;
    }
    const std::uint8_t type = config.read8(pci::header::header_type) & pci::header::type_mask;
    if (type != pci::header::type_endpoint && type != pci::header::type_bridge) {
      why.what = "header type " + std::to_string(type) + ": neither an endpoint nor a PCI-to-PCI bridge";
      why.remedy = "leave it out";
      return false;
    }
    rg::Status lists = pci::check_capability_list(config);
    if (lists.failed()) {
      why.what = std::string(std::move(lists).error().where()) + ": a loop, or a pointer out of range";
      why.remedy = "the bytes are damaged, or not a config space";
      return false;
    }
    return true;
  }

  std::vector<std::uint8_t> bytes_;
  pci::Id id_{};
};

}  // namespace sim
