// Depth and order.
#include "fixtures.hpp"

#include <list>

using namespace core_test;

namespace {

// The innermost scope is the last.
std::list<Owned> enter_all(Device& device, unsigned scopes) {
  std::list<Owned> open;
  while (open.size() != scopes) open.push_back(enter(device));
  return open;
}

Errc finish_last(std::list<Owned>& open) {
  const Errc code = code_of(open.back().finish(Flr::in(open.back())));
  open.pop_back();
  return code;
}

}  // namespace

TEST_CASE("Fifty scopes may be nested, and end well") {
  Device device;
  auto open = enter_all(device, rg::depth_limit);
  CHECK(rg::depth_limit == 50);
  CHECK(device.reset_state.depth() == 50);
  while (!open.empty()) REQUIRE(finish_last(open) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("The fifty-first scope is refused and costs no depth") {
  Device device;
  auto open = enter_all(device, rg::depth_limit);
  CHECK(code_of(Owned::enter(device)) == Errc::too_deep);
  CHECK(device.reset_state.depth() == 50);
}

TEST_CASE("A refused enter that is dropped is not forgotten") {
  Device device;
  auto open = enter_all(device, rg::depth_limit);
  Owned::enter(device).discard("an error that is thrown away");
  CHECK(finish_last(open) == Errc::unresolved_failure);
  open.clear();
  CHECK(device.reset_state.quarantine_reason().code() == Errc::unresolved_failure);
}

TEST_CASE("A refused enter can be named and overruled") {
  Device device;
  auto open = enter_all(device, rg::depth_limit);
  const Error refused = error_in(Owned::enter(device));
  CHECK(code_of(open.back().overrule(refused)) == Errc{});
  while (!open.empty()) REQUIRE(finish_last(open) == Errc{});
  CHECK_FALSE(device.reset_state.quarantined());
}

TEST_CASE("A refused enter is found at the limit of a reset under quarantine too") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io)) == Errc::io);
  auto open = enter_all(device, rg::depth_limit);
  CHECK(code_of(Owned::enter(device)) == Errc::too_deep);
}

TEST_CASE("An outer scope that finishes before its inner one is refused, and done waits for the last scope") {
  Device device;
  Owned outer = enter(device);
  Owned inner = enter(device);
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc::out_of_order);
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(inner.finish(Flr::in(inner))) == Errc::out_of_order);
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.reset_state.quarantine_reason().code() == Errc::out_of_order);
}

TEST_CASE("Three scopes that finish in any wrong order end with one done, failed") {
  const unsigned orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}};
  for (const auto& order : orders) {
    INFO(order[0] << order[1] << order[2]);
    Device device;
    std::vector<Owned> scopes;
    for (int i = 0; i != 3; ++i) scopes.push_back(enter(device));
    for (int i = 0; i != 3; ++i) {
      CHECK(device.log == Log{"prepare"});
      CHECK((code_of(scopes[order[i]].finish(Flr::in(scopes[order[i]]))) != Errc{} || (i == 0 && order[0] == 2)));
    }
    CHECK(device.log == Log{"prepare", "done(failed)"});
    CHECK_FALSE(device.reset_state.in_reset());
  }
}

TEST_CASE("An outer scope that is abandoned before its inner one is out of order") {
  Device device;
  std::optional<Owned> outer(enter(device));
  Owned inner = enter(device);
  outer.reset();
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(inner.finish(Flr::in(inner))) != Errc{});
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("Nothing resolves a finish out of order: no retry, and no name") {
  Device device;
  Owned outermost = enter(device);
  {
    Owned outer = enter(device);
    Owned inner = enter(device);
    const Error error = error_in(outer.finish(Flr::in(outer)));
    CHECK(code_of(outermost.overrule(error)) == Errc::not_recorded);
    CHECK(code_of(inner.finish(Flr::in(inner))) == Errc::out_of_order);
    CHECK(code_of(outermost.overrule(error)) == Errc::not_recorded);
  }
  CHECK(code_of(Flr::run(device)) == Errc::out_of_order);
  CHECK(code_of(outermost.finish(Flr::in(outermost))) == Errc::out_of_order);
}

TEST_CASE("Out of order with failures that wait at two levels, each scope still ends and done is called once") {
  Device device;
  std::vector<Owned> scopes;
  for (int i = 0; i != 4; ++i) {
    scopes.push_back(enter(device));
    Ack::in(scopes.back(), Errc::io, i).discard("thrown away");
  }
  for (unsigned i : {1u, 3u, 0u, 2u}) CHECK(code_of(scopes[i].finish(Flr::in(scopes[i]))) != Errc{});
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.reset_state.quarantine_reason().native() == 0);  // the first error of all
}
