// Function: a PCI function as upstream's code sees it, with what one version of prepare and done remembers about it.
#pragma once

#include <cstdint>

#include "hardware.hpp"
#include "pci/registers.hpp"

namespace upstream {

enum class Version : std::uint8_t {
  linux_7_0,   // a second prepare is refused
  march_2026,  // a proposal: a second prepare succeeds, and is not counted
  linux_7_1,   // counted; done cannot fail, and is not told how the reset ended
  quarantine,  // a proposal: counted; done is told how the reset ended
};

// Of all versions; each uses its own part.
struct Fence {
  bool resetting = false;  // 7.0 and March 2026: of the isolation group, which has one member here
  unsigned depth = 0;      // 7.1 and quarantine
  bool blocked = false;    // 7.1 and quarantine
};

struct Function {
  Function(Version version_, Hardware& hardware_) : version(version_), hardware(hardware_) {}
  Function(const Function&) = delete;
  Function& operator=(const Function&) = delete;

  const Version version;
  Hardware& hardware;
  Fence fence;
};

// A reset method or a handler is one C function for two purposes.
enum class Purpose : std::uint8_t { probe, reset };

// --- config space. The results of the accesses are not looked at ---

inline std::uint32_t read_config(Hardware& hardware, unsigned offset, unsigned width) {
  std::uint32_t value = 0;
  hardware.read_config(offset, width, value);
  return value;
}
inline std::uint16_t read16(Hardware& hardware, unsigned offset) {
  return static_cast<std::uint16_t>(read_config(hardware, offset, 2));
}
inline void write16(Hardware& hardware, unsigned offset, unsigned value) {
  hardware.write_config(offset, 2, value & 0xffff);
}

// Not the vendor id: that of a virtual function always reads ffff.
inline bool answers(Hardware& hardware) {
  return read16(hardware, pci::header::command) != pci::all_ones<std::uint16_t>;
}

}  // namespace upstream
