// A scope object may be moved wherever its owner likes.
#include "fixtures.hpp"

#include <memory>

using namespace core_test;

TEST_CASE("A moved scope finishes as the one it was") {
  Device device;
  Owned first = enter(device);
  Owned second = std::move(first);
  auto third = std::make_unique<Owned>(std::move(second));
  CHECK(third->outermost());
  CHECK(code_of(third->finish(Flr::in(*third))) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("A scope that was moved from ends nothing") {
  Device device;
  std::optional<Owned> first(enter(device));
  Owned second = std::move(*first);
  first.reset();
  CHECK(device.reset_state.depth() == 1);
  CHECK(code_of(second.finish(Flr::in(second))) == Errc{});
}

TEST_CASE("A scope with a failure in it may be moved: it still knows the first error") {
  Device device;
  auto scope = std::make_unique<Owned>(enter(device));
  Ack::in(*scope, Errc::timed_out, -110).discard("an error that is thrown away");
  auto moved = std::make_unique<Owned>(std::move(*scope));
  scope.reset();
  CHECK(error_in(moved->finish(Flr::in(*moved))).native() == -110);
}

TEST_CASE("A scope of a quarantined device may be moved: the reason is kept") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io, -5)) == Errc::io);
  auto scope = std::make_unique<Owned>(enter(device));
  auto moved = std::make_unique<Owned>(std::move(*scope));
  scope.reset();
  CHECK(code_of(moved->finish(Error(Errc::unsupported, 0, "flr"))) == Errc::unsupported);
  CHECK(device.reset_state.quarantine_reason().native() == -5);
}

TEST_CASE("A scope with a failure that waits outside may be moved: the failure is found, once") {
  Device device;
  Owned outer = enter(device);
  const Error waiting = error_in(Ack::in(outer, Errc::timed_out, -110));
  auto inner = std::make_unique<Owned>(enter(device));
  auto moved = std::make_unique<Owned>(std::move(*inner));
  inner.reset();
  CHECK(code_of(moved->finish(Flr::in(*moved))) == Errc{});
  moved.reset();
  CHECK(code_of(outer.overrule(waiting)) == Errc{});
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc{});
}

TEST_CASE("A scope with a failure that waits outside may be moved: the failure still forbids success") {
  Device device;
  Owned outer = enter(device);
  Ack::in(outer, Errc::timed_out, -110).discard("thrown away");
  {
    Owned inner = enter(device);
    Owned moved = std::move(inner);
    CHECK(code_of(moved.finish(Flr::in(moved))) == Errc{});
  }
  CHECK(error_in(outer.finish(Flr::in(outer))).native() == -110);
}

TEST_CASE("Scopes in the middle of a chain of waiting failures may be moved") {
  Device device;
  std::vector<Owned> scopes;  // grows, and moves them all
  for (int i = 0; i != 20; ++i) {
    scopes.push_back(enter(device));
    Ack::in(scopes.back(), Errc::io, i).discard("retried below");
  }
  CHECK(device.reset_state.depth() == 20);
  Ack::in(scopes.back()).discard("resolves them all");
  while (!scopes.empty()) {
    REQUIRE(code_of(scopes.back().finish(Flr::in(scopes.back()))) == Errc{});
    scopes.pop_back();
  }
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("A scope may be made in one function and finished in another") {
  Device device;
  const auto begin = [](Device& d) -> rg::Result<Owned> {
    RESET_GUARD_TRY(auto scope, Owned::enter(d));
    return scope;
  };
  const auto end = [](Owned scope) { return scope.finish(Flr::in(scope)); };
  CHECK(code_of(end(value_in(begin(device)))) == Errc{});
}

TEST_CASE("A function may return an error in the place of a scope") {
  const auto refuse = []() -> rg::Result<Owned> { return Error(Errc::gone, -19, "link down"); };
  CHECK(error_in(refuse()).native() == -19);
}
