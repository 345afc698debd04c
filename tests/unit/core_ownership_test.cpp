// The place for an ownership policy: asked at each enter, told when the last scope has ended.
#include "fixtures.hpp"

using namespace core_test;

namespace {

// The caller's token, as a device handle would carry it.
struct Owner {
  static constexpr bool publishes = false;
  static constexpr void publish(bool, unsigned, bool, bool) noexcept {}
  int holder = 0;  // 0: nobody
  template <class Device>
  Errc enter(const Device& device) noexcept {
    if (holder != 0 && holder != device.caller) return Errc::busy;
    holder = device.caller;
    return Errc{};
  }
  template <class Device>
  bool holds(const Device& device) const noexcept {
    return holder == device.caller;
  }
  template <class Device>
  void leave(const Device&) noexcept {
    holder = 0;
  }
};

struct OwnedDevice {
  rg::BasicResetState<Owner> reset_state;
  int caller = 1;
  Log log;
  Errc prepare_error{};
  rg::Status reset_prepare() noexcept {
    log.push_back("prepare");
    if (prepare_error != Errc{}) return Error(prepare_error, 0, "prepare");
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    log.push_back(to_string(outcome));
    return rg::ok();
  }
};

using DeviceScope = rg::ResetScope<OwnedDevice>;
using DeviceOwned = rg::OwnedScope<OwnedDevice>;

struct Work : rg::ResetStep<Work> {
  using Witness = Satisfied;
  static rg::Verdict<Work> in(DeviceScope& scope, Errc error = {}) {
    if (error != Errc{}) return fail(scope, Error(error, 0, "work"));
    return pass_if(scope, rg::ok(), Witness());
  }
  static rg::Verdict<Work> run(OwnedDevice& device, Errc error = {}) {
    return rg::reset(device, [=](DeviceScope& scope) { return in(scope, error); });
  }
};

// Whether another caller gets in.
bool is_free(OwnedDevice& device) {
  const int caller = std::exchange(device.caller, 2);
  const Errc code = code_of(Work::run(device));
  device.caller = caller;
  return code != Errc::busy;
}

}  // namespace

TEST_CASE("Another owner's enter is busy, calls no hook, and is no failure of the reset under way") {
  OwnedDevice device;
  DeviceOwned scope = value_in(DeviceOwned::enter(device));
  CHECK_FALSE(is_free(device));
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("The same owner may nest") {
  OwnedDevice device;
  CHECK(code_of(rg::reset(device, [](DeviceScope& scope) { return Work::run(scope.device()); })) == Errc{});
}

TEST_CASE("The owner leaves when the last scope has ended: verified, failed, or not prepared") {
  OwnedDevice device;
  CHECK(code_of(Work::run(device)) == Errc{});
  CHECK(is_free(device));
  CHECK(code_of(Work::run(device, Errc::io)) == Errc::io);
  CHECK(is_free(device));
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(Work::run(device)) == Errc::no_memory);
  device.prepare_error = Errc{};
  CHECK(is_free(device));
}

TEST_CASE("The owner stays while an outer scope is open") {
  OwnedDevice device;
  DeviceOwned outer = value_in(DeviceOwned::enter(device));
  CHECK(code_of(Work::run(device)) == Errc{});
  CHECK_FALSE(is_free(device));
  CHECK(code_of(outer.finish(Work::in(outer))) == Errc{});
}

TEST_CASE("A refused release in mid-reset does not let another owner in") {
  OwnedDevice device;
  DeviceOwned scope = value_in(DeviceOwned::enter(device));
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::out_of_order);
  CHECK_FALSE(is_free(device));
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("A release by another owner is busy in mid-reset, and its own release leaves the device free") {
  OwnedDevice device;
  CHECK(code_of(Work::run(device, Errc::io)) == Errc::io);
  {
    DeviceOwned scope = value_in(DeviceOwned::enter(device));
    device.caller = 2;
    CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::busy);
    device.caller = 1;
    CHECK(code_of(scope.finish(Work::in(scope, Errc::io))) == Errc::io);
  }
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc{});
  CHECK(is_free(device));
}

TEST_CASE("A refused release of a device that is not quarantined leaves it free") {
  OwnedDevice device;
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::invalid);
  CHECK(is_free(device));
}
