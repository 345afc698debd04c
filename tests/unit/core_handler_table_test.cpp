// The table of handlers: the first match wins, and what could never win does not compile (tests/rules).
#include "fixtures.hpp"

#include <iterator>

using namespace core_test;

namespace {

struct Match {
  static constexpr int any = -1;
  int vendor;
  int device;
  constexpr bool matches(const Match& id) const {
    return vendor == id.vendor && (device == any || device == id.device);
  }
  constexpr bool covers(const Match& other) const {
    return vendor == other.vendor && (device == any || device == other.device);
  }
};

using Handler = int (*)();
using Entry = rg::HandlerEntry<Match, Handler>;

constexpr Entry entries[] = {
    {{0x8086, 0x10ed}, [] { return 1; }},
    {{0x1425, 0x4000}, [] { return 2; }},
    {{0x1425, Match::any}, [] { return 3; }},
};
constexpr auto& table = rg::handler_table<entries>;

}  // namespace

TEST_CASE("A handler table finds the first entry that matches") {
  CHECK(table.find(Match{0x1425, 0x4000})->handler() == 2);
}

TEST_CASE("A handler table finds a wildcard behind the entries that it includes") {
  CHECK(table.find(Match{0x1425, 0x5000})->handler() == 3);
}

TEST_CASE("A handler table has nullptr for a device without a handler") {
  CHECK(table.find(Match{0x1234, 0x10ed}) == nullptr);
  CHECK(table.find(Match{0x8086, 0x1572}) == nullptr);
}

TEST_CASE("A handler table lists its entries in their order") {
  CHECK(std::distance(table.begin(), table.end()) == 3);
  CHECK(table.begin()->handler() == 1);
}

TEST_CASE("A handler table can be searched while the program is compiled") {
  STATIC_REQUIRE(table.find(Match{0x8086, 0x10ed}) == &entries[0]);
  STATIC_REQUIRE(table.find(Match{0x8086, 0}) == nullptr);
}

TEST_CASE("A handler table takes any kind of handler, a resetting function too") {
  using Reset = Flr::Verdict (*)(Device&);
  static constexpr rg::HandlerEntry<Match, Reset> resets[] = {
      {{1, 2}, [](Device& device) { return Flr::run(device); }}};
  static constexpr auto& handlers = rg::handler_table<resets>;
  Device device;
  CHECK(code_of(handlers.find(Match{1, 2})->handler(device)) == Errc{});
}
