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
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(Device& device) {
    return rg::reset(device, [](Scope& scope) -> rg::Verdict<Flr> {
      Device& d = scope.device();
      *d.registers = 1;
      return pass_if(scope, rg::poll_until(d, rg::PollTimes{100u, 1u, 8u}, "flr", [&] { return *d.registers == 0; }));
    });
  }
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
