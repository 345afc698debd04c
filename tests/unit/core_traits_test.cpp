// A device of a C library, adapted without a change to it.
#include "fixtures.hpp"

// What the library's header says. Its functions answer 0 or a negative errno; nothing here knows of reset_guard.
extern "C" {
struct foreign_dev {
  int fence_fails;
  int fenced;
  int calls;
};
static int foreign_prepare(struct foreign_dev* dev) {
  ++dev->calls;
  if (dev->fence_fails != 0) return dev->fence_fails;
  dev->fenced = 1;
  return 0;
}
static int foreign_unblock(struct foreign_dev* dev) {
  ++dev->calls;
  dev->fenced = 0;
  return 0;
}
}

namespace {

// One state per device, beside it.
struct Adapted {
  reset_guard::ResetState state;
  foreign_dev dev{};
};

reset_guard::Status status_of(int code, reset_guard::Literal where) {
  if (code < 0) return reset_guard::Error(reset_guard::Errc::no_memory, code, where);
  return reset_guard::ok();
}

Adapted* registry = nullptr;

}  // namespace

template <>
struct reset_guard::ResetTraits<foreign_dev> {
  static ResetState& state(foreign_dev&) noexcept { return registry->state; }
  static Status prepare(foreign_dev& dev) noexcept { return status_of(foreign_prepare(&dev), "foreign_prepare"); }
  static Status done(foreign_dev& dev, Outcome outcome) noexcept {
    if (outcome == Outcome::failed) return ok();
    return status_of(foreign_unblock(&dev), "foreign_unblock");
  }
};

using namespace core_test;

namespace {

using ForeignScope = rg::ResetScope<foreign_dev>;
using ForeignOwned = rg::OwnedScope<foreign_dev>;

struct ForeignFlr : rg::ResetStep<ForeignFlr> {
  using Witness = Satisfied;
  static rg::Verdict<ForeignFlr> run(foreign_dev& dev, int code = 0) {
    return rg::reset(dev, [=](ForeignScope& scope) {
      CHECK(scope.device().fenced == 1);
      return pass_if(scope, status_of(code, "flr"), Witness());
    });
  }
};

}  // namespace

TEST_CASE("A C struct is reset through a trait, fenced once around nested scopes") {
  Adapted adapted;
  registry = &adapted;
  const auto handler = [](ForeignScope& scope) { return ForeignFlr::run(scope.device()); };
  CHECK(code_of(rg::reset(adapted.dev, handler)) == Errc{});
  CHECK(adapted.dev.fenced == 0);
  CHECK(adapted.dev.calls == 2);
}

TEST_CASE("A C struct whose reset fails stays fenced, with its errno as the reason, and can be released") {
  Adapted adapted;
  registry = &adapted;
  CHECK(error_in(ForeignFlr::run(adapted.dev, -110)).native() == -110);
  CHECK(adapted.dev.fenced == 1);
  CHECK(adapted.state.quarantine_reason().native() == -110);
  CHECK(code_of(rg::release_quarantine(adapted.dev, "test")) == Errc{});
  CHECK(adapted.dev.fenced == 0);
}

TEST_CASE("A C struct whose prepare fails hands its errno up") {
  Adapted adapted;
  registry = &adapted;
  adapted.dev.fence_fails = -12;
  CHECK(error_in(ForeignFlr::run(adapted.dev)).native() == -12);
  CHECK_FALSE(adapted.state.in_reset());
}

#if defined(__cpp_concepts)
TEST_CASE("A type without a state, or with hooks of another type, is no resettable device") {
  struct Nothing {};
  struct IntHooks {
    rg::ResetState reset_state;
    int reset_prepare() noexcept { return 0; }
    int reset_done(Outcome) noexcept { return 0; }
  };
  struct Throwing {
    rg::ResetState reset_state;
    rg::Status reset_prepare() { return rg::ok(); }
    rg::Status reset_done(Outcome) { return rg::ok(); }
  };
  STATIC_REQUIRE(rg::ResettableDevice<Device>);
  STATIC_REQUIRE_FALSE(rg::ResettableDevice<Nothing>);
  STATIC_REQUIRE_FALSE(rg::ResettableDevice<IntHooks>);
  STATIC_REQUIRE_FALSE(rg::ResettableDevice<Throwing>);
  STATIC_REQUIRE(rg::ResettableDevice<foreign_dev>);
}
#endif
