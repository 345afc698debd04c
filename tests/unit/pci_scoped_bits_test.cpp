#include "catch.hpp"
#include "pci/scoped_bits.hpp"
#include "pci_fake.hpp"

namespace {

constexpr std::uint16_t control = 0x3e, bit = 0x40;

FakeConfig port() {
  FakeConfig config;
  config.put(control, 2, 0x0002);
  return config;
}

}  // namespace

TEST_CASE("scoped bits: set while the body runs, back afterwards", "[pci]") {
  FakeConfig config = port();
  std::uint32_t inside = 0;
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [&] {
          inside = config.get(control, 2);
          return rg::ok();
        })) == rg::Errc{});
  CHECK(inside == 0x0042);
  CHECK(config.get(control, 2) == 0x0002);
}

TEST_CASE("scoped bits: cleared bits are set again", "[pci]") {
  FakeConfig config = port();
  std::uint32_t inside = 0xffff;
  CHECK(code_of(pci::with_bits16(config, control, 0x0002, 0, [&] {
          inside = config.get(control, 2);
          return rg::ok();
        })) == rg::Errc{});
  CHECK(inside == 0);
  CHECK(config.get(control, 2) == 0x0002);
}

TEST_CASE("scoped bits: back also when the body failed, whose error comes out", "[pci]") {
  FakeConfig config = port();
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, []() -> rg::Status {
          return rg::Error(rg::Errc::timed_out, -110, "body");
        })) == rg::Errc::timed_out);
  CHECK(config.get(control, 2) == 0x0002);
}

TEST_CASE("scoped bits: a failure to put back is a failure of the whole", "[pci]") {
  FakeConfig config = port();
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [&] {
          config.failing = {control};
          return rg::ok();
        })) == rg::Errc::io);
}

TEST_CASE("scoped bits: a failure to put back comes second to the body's", "[pci]") {
  FakeConfig config = port();
  const rg::Error error = error_of(pci::with_bits16(config, control, 0, bit, [&]() -> rg::Status {
    config.failing = {control};
    return rg::Error(rg::Errc::timed_out, -110, "body");
  }));
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("scoped bits: what the body changed beside them stays", "[pci]") {
  FakeConfig config = port();
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [&] { return config.write16(control, 0x0153); })) ==
        rg::Errc{});
  CHECK(config.get(control, 2) == 0x0113);
}

TEST_CASE("scoped bits: a bit that was set before stays set", "[pci]") {
  FakeConfig config = port();
  config.put(control, 2, 0x0042);
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [] { return rg::ok(); })) == rg::Errc{});
  CHECK(config.get(control, 2) == 0x0042);
}

TEST_CASE("scoped bits: without the first write the body does not run", "[pci]") {
  FakeConfig config = port();
  config.failing = {control};
  bool ran = false;
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [&] {
          ran = true;
          return rg::ok();
        })) == rg::Errc::io);
  CHECK_FALSE(ran);
}

TEST_CASE("scoped bits: a first write that failed may have arrived, and is taken back", "[pci]") {
  FakeConfig config = port();
  config.failing = {control};
  config.before_read = [reads = 0](FakeConfig& self, std::uint16_t) mutable {
    if (++reads != 2) return;  // the look before putting back
    self.put(control, 2, 0x0042);
    self.failing.clear();
  };
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [] { return rg::ok(); })) == rg::Errc::io);
  CHECK(config.get(control, 2) == 0x0002);
}

TEST_CASE("scoped bits: a first write that failed and cannot be taken back says both", "[pci]") {
  FakeConfig config = port();
  config.failing = {control};
  config.before_read = [reads = 0](FakeConfig& self, std::uint16_t) mutable {
    if (++reads == 2) self.put(control, 2, 0x0042);
  };
  const rg::Error error = error_of(pci::with_bits16(config, control, 0, bit, [] { return rg::ok(); }));
  CHECK(error.native() == -5);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("scoped bits: all ones are not taken for the register's old value", "[pci]") {
  FakeConfig config = port();
  config.dead = true;
  bool ran = false;
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [&] {
          ran = true;
          return rg::ok();
        })) == rg::Errc::gone);
  CHECK_FALSE(ran);
  CHECK(config.writes.empty());
}

TEST_CASE("scoped bits: one lost read does no harm", "[pci]") {
  FakeConfig config = port();
  config.before_read = [reads = 0](FakeConfig& self, std::uint16_t) mutable { self.dead = ++reads == 2; };
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [] { return rg::ok(); })) == rg::Errc{});
  CHECK(config.get(control, 2) == 0x0002);
}

TEST_CASE("scoped bits: a pulse ends as it is to end, whatever was there before", "[pci]") {
  FakeConfig config = port();
  config.put(control, 2, 0x0002 | bit);
  CHECK(code_of(pci::with_pulse16(config, control, {bit, bit, 0}, [] { return rg::ok(); })) == rg::Errc{});
  CHECK(config.get(control, 2) == 0x0002);
}

TEST_CASE("scoped bits: reads that go wrong do not leave the bits set", "[pci]") {
  FakeConfig config = port();
  config.before_read = [reads = 0](FakeConfig& self, std::uint16_t) mutable { self.dead = ++reads >= 2; };
  CHECK(code_of(pci::with_bits16(config, control, 0, bit, [] { return rg::ok(); })) == rg::Errc::gone);
  REQUIRE(config.writes.size() == 2);
  CHECK(config.writes.back() == FakeConfig::Write{control, 0x0002});
}

TEST_CASE("scoped bits: a value that the body returns comes out", "[pci]") {
  FakeConfig config = port();
  auto answer = pci::with_bits16(config, control, 0, bit, []() -> rg::Result<int> { return 7; });
  CHECK(value_of(std::move(answer)) == 7);
}

#if defined(__cpp_exceptions)
TEST_CASE("scoped bits: back also when an exception passes", "[pci]") {
  FakeConfig config = port();
  CHECK_THROWS_AS(code_of(pci::with_bits16(config, control, 0, bit, []() -> rg::Status { throw 1; })), int);
  CHECK(config.get(control, 2) == 0x0002);
}
#endif
