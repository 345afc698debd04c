#include "catch.hpp"
#include "pci/wait.hpp"
#include "pci_fake.hpp"

using namespace std::chrono_literals;

namespace {

constexpr std::uint16_t af_at = 0x60;

// Transactions are pending until then.
FakeConfig busy_until(pci::Duration then) {
  FakeConfig config;
  config.capabilities({{express_at, pci::express::id}, {af_at, pci::advanced_features::id}});
  config.before_read = [then](FakeConfig& self, std::uint16_t) {
    self.put(express_at + pci::express::device_status, 2, self.time < then ? 0x20 : 0);
    self.put(af_at + pci::advanced_features::status, 1, self.time < then ? 1 : 0);
  };
  return config;
}

}  // namespace

TEST_CASE("pending transactions: where there are none, nothing is waited for", "[pci]") {
  FakeConfig config = busy_until(0ms);
  CHECK(code_of(pci::wait_for_pending_transactions(config)) == rg::Errc{});
  CHECK(config.sleeps.empty());
}

TEST_CASE("pending transactions: looked at after 100, 300 and 700 ms", "[pci]") {
  FakeConfig config = busy_until(1h);
  CHECK(code_of(pci::wait_for_pending_transactions(config)) == rg::Errc::timed_out);
  CHECK(config.sleeps == std::vector<pci::Duration>{100ms, 200ms, 400ms});
}

TEST_CASE("pending transactions: those that end during the last wait are no timeout", "[pci]") {
  FakeConfig config = busy_until(700ms);
  CHECK(code_of(pci::wait_for_pending_transactions(config)) == rg::Errc{});
}

TEST_CASE("pending transactions: a device that does not answer has not finished them", "[pci]") {
  FakeConfig config = busy_until(1h);
  config.before_read = [](FakeConfig& self, std::uint16_t offset) { self.dead |= offset == express_at + 0x0a; };
  CHECK(code_of(pci::wait_for_pending_transactions(config)) == rg::Errc::gone);
}

TEST_CASE("pending transactions: a function without PCI Express has nothing to say", "[pci]") {
  FakeConfig config;
  CHECK(code_of(pci::wait_for_pending_transactions(config)) == rg::Errc{});
}

TEST_CASE("pending transactions: a broken list is not taken for a missing capability", "[pci]") {
  FakeConfig config = busy_until(0ms);
  config.bytes[af_at] = 0x09;
  config.bytes[express_at] = 0x09;
  config.bytes[af_at + 1] = express_at;
  CHECK(code_of(pci::wait_for_pending_transactions(config)) == rg::Errc::invalid);
}

TEST_CASE("pending transactions: Advanced Features has a bit of its own", "[pci]") {
  FakeConfig config = busy_until(250ms);
  CHECK(code_of(pci::wait_for_pending_transactions_af(config, af_at)) == rg::Errc{});
  CHECK(config.time == 300ms);
}

TEST_CASE("ready: nothing is read for the first 100 ms", "[pci]") {
  FakeConfig config;
  pci::Duration first_read = -1us;
  config.before_read = [&](FakeConfig& self, std::uint16_t) { first_read = first_read < 0us ? self.time : first_read; };
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc{});
  CHECK(first_read == 100ms);
}

TEST_CASE("ready: the intervals double, up to a second", "[pci]") {
  FakeConfig config;
  config.dead_until = 5s;
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc{});
  const std::vector<pci::Duration> first(config.sleeps.begin() + 1, config.sleeps.begin() + 12);
  CHECK(first == std::vector<pci::Duration>{1ms, 2ms, 4ms, 8ms, 16ms, 32ms, 64ms, 128ms, 256ms, 512ms, 1s});
  CHECK(config.sleeps.back() == 1s);
}

TEST_CASE("ready: the Command register is asked, since a virtual function's id stays ffff", "[pci]") {
  FakeConfig config;
  config.put(pci::header::vendor_id, 4, 0xffffffff);
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc{});
  CHECK(config.time == 100ms);
}

TEST_CASE("ready: given up after 65 s", "[pci]") {
  FakeConfig config;
  config.dead = true;
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc::timed_out);
  CHECK(config.time == 65s + 100ms);
}

TEST_CASE("ready: an answer at the deadline is in time", "[pci]") {
  FakeConfig config;
  config.dead_until = 65s + 100ms;
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc{});
}

TEST_CASE("ready: below a port that does not answer either, the function is gone", "[pci]") {
  FakeConfig config, port;
  config.dead = port.dead = true;
  config.port = &port;
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc::gone);
}

TEST_CASE("ready: below a port that answers, it is late, and not known to be gone", "[pci]") {
  FakeConfig config, port;
  config.dead = true;
  config.port = &port;
  CHECK(code_of(pci::Ready::act(config, pci::reset_recovery_time)) == rg::Errc::timed_out);
}
