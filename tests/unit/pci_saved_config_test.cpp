#include <algorithm>
#include <string>

#include "catch.hpp"
#include "pci/saved_config.hpp"
#include "pci_fake.hpp"

namespace {

constexpr std::uint16_t pm_at = 0x70, msi_at = 0x50, msi_x_at = 0x40;

FakeConfig endpoint() {
  FakeConfig config;
  config.capabilities({{msi_x_at, pci::msi_x::id},
                       {msi_at, pci::msi::id},
                       {pm_at, pci::power_management::id},
                       {express_at, pci::express::id}});
  config.put(pci::header::command, 2, 0x0507);
  config.put(pci::header::cache_line_size, 1, 0x10);
  config.put(pci::header::interrupt_line, 1, 0x0a);
  config.put(0x10, 4, 0xfda00004);
  config.put(0x14, 4, 0x00000012);
  config.put(0x24, 4, 0x0000c001);
  config.put(msi_x_at + 2, 2, 0xc040);
  config.put(msi_at + 2, 2, 0x0181);  // enabled, 64-bit, masks
  config.put(msi_at + 4, 4, 0xfee00000);
  config.put(msi_at + 8, 4, 0x00000001);
  config.put(msi_at + 12, 2, 0x4021);
  config.put(msi_at + 16, 4, 0x00000003);
  config.put(pm_at + 4, 2, 0x0108);
  config.put(express_at + 2, 2, 0x0002);
  config.put(express_at + 8, 2, 0x2810);
  config.put(express_at + 0x10, 2, 0x0040);
  config.put(express_at + 0x28, 2, 0x0009);
  return config;
}

pci::SavedConfig saved(const FakeConfig& config) { return value_of(pci::SavedConfig::save(config)); }

// As a reset leaves it: the read-only parts stay.
void clear(FakeConfig& config) {
  const FakeConfig before = config;
  for (unsigned at = 0x04; at != 0x100; ++at) config.bytes[at] = 0;
  for (const unsigned at : {0x06u, 0x34u, 0x40u, 0x41u, 0x50u, 0x51u, 0x53u, 0x70u, 0x71u, 0x80u, 0x81u, 0x82u}) {
    config.bytes[at] = before.bytes[at];
  }
  config.put(msi_at + 2, 2, 0x0180);
  config.writes.clear();
}

// The first offset at which two differ, or -1.
int difference(const FakeConfig& a, const FakeConfig& b) {
  const auto at = std::mismatch(a.bytes.begin(), a.bytes.end(), b.bytes.begin()).first;
  return at == a.bytes.end() ? -1 : static_cast<int>(at - a.bytes.begin());
}

bool wrote(const FakeConfig& config, std::uint16_t offset) {
  return std::any_of(config.writes.begin(), config.writes.end(),
                     [offset](const FakeConfig::Write& write) { return write.offset == offset; });
}

}  // namespace

TEST_CASE("saved config: everything that software had set is back after a reset", "[pci]") {
  FakeConfig config = endpoint();
  const FakeConfig before = config;
  const auto kept = saved(config);
  clear(config);
  CHECK(code_of(kept.restore(config)) == rg::Errc{});
  CHECK(difference(config, before) == -1);
}

// Bit 15 starts an FLR in an endpoint; saved bytes may be damaged.
TEST_CASE("saved config: restoring Device Control starts no FLR", "[pci]") {
  FakeConfig config = endpoint();
  config.put(express_at + 8, 2, 0xa810);
  const auto kept = saved(config);
  clear(config);
  CHECK(code_of(kept.restore(config)) == rg::Errc{});
  CHECK(config.read16(express_at + 8) == 0x2810);
}

TEST_CASE("saved config: saving writes nothing", "[pci]") {
  const FakeConfig config = endpoint();
  saved(config);
  CHECK(config.writes.empty());
}

TEST_CASE("saved config: what did not change is not written", "[pci]") {
  FakeConfig config = endpoint();
  CHECK(code_of(saved(config).restore(config)) == rg::Errc{});
  CHECK(config.writes.empty());
}

TEST_CASE("saved config: Command comes last, after the BARs that it switches on", "[pci]") {
  FakeConfig config = endpoint();
  const auto kept = saved(config);
  clear(config);
  CHECK(code_of(kept.restore(config)) == rg::Errc{});
  CHECK(config.writes.back().offset == pci::header::command);
}

TEST_CASE("saved config: MSI is enabled after its address is back", "[pci]") {
  FakeConfig config = endpoint();
  const auto kept = saved(config);
  clear(config);
  CHECK(code_of(kept.restore(config)) == rg::Errc{});
  const auto at = [&config](std::uint16_t offset) {
    return std::find_if(config.writes.begin(), config.writes.end(),
                        [offset](const FakeConfig::Write& write) { return write.offset == offset; });
  };
  CHECK(at(msi_at + 4) < at(msi_at + 2));
}

TEST_CASE("saved config: the first failure is reported, and how many came after it", "[pci]") {
  FakeConfig config = endpoint();
  const auto kept = saved(config);
  clear(config);
  config.failing = {0x10, pci::header::command};
  const rg::Error error = error_of(kept.restore(config));
  CHECK(error.code() == rg::Errc::io);
  CHECK(error.native() == -5);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("saved config: a failure does not stop the rest", "[pci]") {
  FakeConfig config = endpoint();
  const auto kept = saved(config);
  clear(config);
  config.failing = {0x10};
  CHECK(code_of(kept.restore(config)) == rg::Errc::io);
  CHECK(config.get(pci::header::command, 2) == 0x0507);
}

TEST_CASE("saved config: a register that does not take its value is a failure that names it", "[pci]") {
  FakeConfig config = endpoint();
  const auto kept = saved(config);
  clear(config);
  config.stuck = {msi_x_at + 2};
  const rg::Error error = error_of(kept.restore(config));
  CHECK(error.code() == rg::Errc::io);
  CHECK(std::string(error.where()) == "restore MSI-X flags");
}

TEST_CASE("saved config: nothing is written to a function that does not answer", "[pci]") {
  FakeConfig config = endpoint();
  const auto kept = saved(config);
  config.dead = true;
  CHECK(code_of(kept.restore(config)) == rg::Errc::gone);
  CHECK(config.writes.empty());
}

TEST_CASE("saved config: a function that does not answer cannot be saved", "[pci]") {
  FakeConfig config = endpoint();
  config.dead = true;
  CHECK(code_of(pci::SavedConfig::save(config)) == rg::Errc::gone);
}

TEST_CASE("saved config: one that stops answering while it is saved is not saved as all ones", "[pci]") {
  FakeConfig config = endpoint();
  config.before_read = [](FakeConfig& self, std::uint16_t offset) { self.dead |= offset == 0x20; };
  CHECK(code_of(pci::SavedConfig::save(config)) == rg::Errc::gone);
}

TEST_CASE("saved config: one that stops answering just before the last register is not saved as all ones", "[pci]") {
  FakeConfig config = endpoint();
  config.before_read = [](FakeConfig& self, std::uint16_t offset) { self.dead |= offset == msi_x_at + 2; };
  CHECK(code_of(pci::SavedConfig::save(config)) == rg::Errc::gone);
}

TEST_CASE("saved config: a broken capability list is not taken for a short one", "[pci]") {
  FakeConfig config = endpoint();
  config.bytes[msi_x_at + 1] = msi_x_at;
  CHECK(code_of(pci::SavedConfig::save(config)) == rg::Errc::invalid);
}

TEST_CASE("saved config: a version 1 capability ends before Device Control 2", "[pci]") {
  FakeConfig config = endpoint();
  config.put(express_at + 2, 2, 0x0001);
  const auto kept = saved(config);
  config.put(express_at + 0x28, 2, 0x1234);
  CHECK(code_of(kept.restore(config)) == rg::Errc{});
  CHECK_FALSE(wrote(config, express_at + 0x28));
}

TEST_CASE("saved config: a bridge gets its bus numbers, windows and bridge control back", "[pci]") {
  FakeConfig config;
  config.put(pci::header::header_type, 1, pci::header::type_bridge);
  config.put(pci::bridge::primary_bus, 4, 0x00030201);
  config.put(0x1c, 2, 0x1010);
  config.put(0x20, 4, 0xfdb0fda0);
  config.put(0x30, 4, 0x00010002);
  config.put(pci::bridge::control, 2, 0x0002);
  const FakeConfig before = config;
  const auto kept = saved(config);
  for (unsigned at = 0x18; at != 0x40; ++at) config.bytes[at] = 0;
  CHECK(code_of(kept.restore(config)) == rg::Errc{});
  CHECK(difference(config, before) == -1);
}

TEST_CASE("saved config: a lost read does not become a value", "[pci]") {
  const FakeConfig before = endpoint();
  for (unsigned lost = 1; lost != 60; ++lost) {
    CAPTURE(lost);
    FakeConfig config = endpoint();
    config.before_read = [reads = 0u, lost](FakeConfig& self, std::uint16_t) mutable { self.dead = ++reads == lost; };
    const pci::SavedConfig kept = saved(config);
    config.before_read = nullptr;
    config.dead = false;
    clear(config);
    REQUIRE(code_of(kept.restore(config)) == rg::Errc{});
    CHECK(config.bytes == before.bytes);
  }
}
