// RULE: Give the entries of a table of handlers static storage duration.
// WHY: The table points to them, and is checked at compile time.
// ENFORCED: by types
// MESSAGE g++: does not have static storage duration
// MESSAGE clang: is not a constant expression
#include "device.hpp"

struct Match {
  int device;
  constexpr bool matches(int id) const { return device == id; }
  constexpr bool covers(const Match& other) const { return device == other.device; }
};
using Entry = rg::HandlerEntry<Match, rg::Verdict<Flr> (*)(Nic&)>;
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }

#ifdef GOOD
bool has_handler(int id) {
  static constexpr Entry entries[] = {{{0x10ed}, by_flr}};
  constexpr auto& table = rg::handler_table<entries>;
  return table.find(id) != nullptr;
}
#else
bool has_handler(int id) {
  const Entry entries[] = {{{0x10ed}, by_flr}};
  const auto& table = rg::handler_table<entries>;
  return table.find(id) != nullptr;
}
#endif

int main() { return has_handler(0x10ed) ? 0 : 1; }
