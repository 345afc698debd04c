// Hardware: what upstream's code needs of one PCI function, in plain ints. The class that has the hardware derives from
// it.
#pragma once

#include <cstdint>

#include "pci/id.hpp"

namespace upstream {

// What the kernel found when it enumerated the function, and does not ask again. Offsets of capabilities: 0 for none.
struct Enumerated {
  pci::Id id{};
  std::uint32_t class_code = 0;  // 24 bits, 0xBBSSPP
  bool is_bridge = false;
  unsigned functions_on_bus = 1;  // itself included
  unsigned bars = 0;              // bit n: memory BAR n is there
  std::uint32_t device_capabilities = 0;
  std::uint16_t express = 0;
  std::uint16_t power_management = 0;
  std::uint16_t msi_x = 0;
  std::uint16_t advanced_features = 0;
  std::uint16_t cxl_port = 0;  // the DVSEC
  bool no_flr = false;         // methods that its registers offer and that must not be used
  bool no_pm_reset = false;
  bool no_bus_reset = false;
};

// An int is 0 or a negative errno.
class Hardware {
 public:
  Hardware() = default;
  Hardware(const Hardware&) = delete;
  Hardware& operator=(const Hardware&) = delete;

  virtual const Enumerated& enumerated() const = 0;
  virtual Hardware* port() = 0;  // the one above; nullptr on a root bus

  // Config space; `width` in bytes. Where nobody answers, a read succeeds and gives all ones.
  virtual int read_config(unsigned offset, unsigned width, std::uint32_t& value) = 0;
  virtual int write_config(unsigned offset, unsigned width, std::uint32_t value) = 0;

  virtual int map(unsigned bar) = 0;
  virtual void unmap(unsigned bar) = 0;
  virtual std::uint32_t read_mmio(unsigned bar, std::uint32_t offset) = 0;
  virtual void write_mmio(unsigned bar, std::uint32_t offset, std::uint32_t value) = 0;

  virtual std::int64_t now_us() = 0;
  virtual void sleep_ms(unsigned length) = 0;

  // The IOMMU: the blocking domain is attached, and the one that was there before.
  virtual int block() = 0;
  virtual int unblock() = 0;

  // --- for who looks on ---

  // A pair of prepare and done begins: prepare is called next. It has answered. The pair ends: done is called next, or
  // skipped. That is over.
  virtual void entering(const char* /*who*/) {}
  virtual void entered(const char* /*who*/, int /*result*/) {}
  virtual void leaving(const char* /*who*/, int /*result*/) {}
  virtual void left(const char* /*who*/) {}

  // A line in the kernel's log, which is all that becomes of some failures.
  virtual void logs(const char* /*who*/, const char* /*what*/, int /*result*/) {}

 protected:
  ~Hardware() = default;
};

}  // namespace upstream
