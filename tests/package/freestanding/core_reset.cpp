// The whole core, instantiated without exceptions, RTTI, an operating system or a standard library to link with.
#include <reset_guard/reset_guard.hpp>

namespace {

namespace rg = reset_guard;

struct Device {
  rg::ResetState reset_state;
  unsigned volatile* registers = nullptr;
  unsigned ticks = 0;

  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
  void reset_trace(const rg::TraceEvent&) noexcept {}

  unsigned now() const { return ticks; }
  void sleep(unsigned duration) { ticks += duration; }
};

using Scope = rg::ResetScope<Device>;
using Owned = rg::OwnedScope<Device>;

struct Flr : rg::ResetStep<Flr> {
  using destroys = rg::all_of<rg::contents::registers>;
  RESET_GUARD_MUST_USE static rg::Status act(Device& device) noexcept {
    *device.registers = 1;
    return rg::poll_until(device, {100u, 1u, 8u}, "flr", [&] { return *device.registers == 0; });
  }
  struct Witness {
    explicit Witness(Device& device) noexcept : before(device.registers[1]) {}
    RESET_GUARD_MUST_USE rg::Result<bool> check(Device& device) const noexcept {
      if (device.registers[1] != 0) return rg::Error(rg::Errc::io, -5, "still there");
      return before != 0;
    }
    unsigned before;
  };
};

// Of one of several things, by hand.
struct Lane : rg::ResetStep<Lane> {
  RESET_GUARD_MUST_USE static rg::Status act(Scope& scope, int lane) noexcept {
    return rg::poll_until(scope, {10u, 1u}, "lane", [&] { return scope.device().registers[lane] == 0; });
  }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "a lane has no register of its own";
  };
  RESET_GUARD_MUST_USE static rg::Verdict<Lane> any(Scope& scope) { return pass(scope); }
};

struct Ack : rg::Step<Ack> {
  RESET_GUARD_MUST_USE static rg::Verdict<Ack> wait(Scope& scope) {
    if (*scope.device().registers == ~0u) return fail(scope, rg::Error(rg::Errc::gone, -19, "ack"));
    return pass(scope);
  }
};

struct AnyWay : rg::ResetStep<AnyWay> {
  using proved_by = rg::any_of<Flr>;
};

rg::Verdict<Flr, Ack> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto ack, rg::first_error(Ack::wait(scope), rg::ok()));
  return rg::join(rg::Evidence<Flr>(static_cast<rg::Evidence<Flr>&&>(flr)), static_cast<rg::Evidence<Ack>&&>(ack));
}

rg::Verdict<rg::each_of<Lane>> lanes(Scope& scope) {
  static constexpr int all[] = {2, 3};
  RESET_GUARD_TRY([[maybe_unused]] auto one, Lane::run_for(scope, all[0], 2));
#if defined(LONG_KEY)  // which does not compile where a pointer has 32 bits
  RESET_GUARD_TRY([[maybe_unused]] auto other, Lane::run_for(scope, 0x100000002u, 2));
#endif
  RESET_GUARD_TRY([[maybe_unused]] auto any, Lane::any(scope));
  return Lane::run_for_each(scope, all);
}

rg::Verdict<AnyWay> any_way(Device& device) {
  RESET_GUARD_TRY(auto flr, Flr::run(device));
  return flr;
}

rg::Probe probe(const Device&) noexcept { return {rg::Support::maybe, "nobody knows"}; }

constexpr rg::Method<Device, AnyWay> methods[] = {{"flr", probe, any_way, true}};
constexpr rg::MethodChain<Device, AnyWay> chain(methods);

struct Match {
  int id;
  constexpr bool matches(int other) const { return id == other; }
  constexpr bool covers(const Match& other) const { return id == other.id; }
};
using Handler = rg::Verdict<Flr, Ack> (*)(Scope&);
constexpr rg::HandlerEntry<Match, Handler> entries[] = {{{1}, handler}};
constexpr auto& table = rg::handler_table<entries>;

rg::Status run(Device& device) {
  RESET_GUARD_TRY([[maybe_unused]] auto one, rg::reset(device, handler));
  RESET_GUARD_TRY([[maybe_unused]] auto two, chain.reset(device, rg::ChainOptions{true}));
  RESET_GUARD_TRY([[maybe_unused]] auto three, rg::reset(device, table.find(1)->handler));
  RESET_GUARD_TRY([[maybe_unused]] auto four, rg::reset(device, lanes));
  RESET_GUARD_TRY([[maybe_unused]] auto five, rg::reset_for<rg::all_of<rg::contents::registers>, Flr>(device));
  RESET_GUARD_TRY(auto scope, Owned::enter(device));
  scope.touch();
  RESET_GUARD_CHECK(scope.overrule(rg::Error(rg::Errc::io, 0, "x")));
  RESET_GUARD_CHECK(scope.finish(rg::Error(rg::Errc::io, 0, "x")));
  return rg::release_quarantine(device, "freestanding");
}

}  // namespace

// Something that the compiler must keep.
extern "C" bool reset_guard_freestanding(Device* device);
bool reset_guard_freestanding(Device* device) {
  auto status = run(*device);
  const bool failed = status.failed();
  static_cast<rg::Status&&>(status).discard("told as a bool");
  return failed;
}
