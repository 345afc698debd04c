// RULE: Give the key of a table of handlers a function `covers(other)`.
// WHY: It tells whether the key fits every device that the other key fits. Without it the table could not check which
//   entries can be found.
// ENFORCED: by types
// MESSAGE g++: 'const struct Match' has no member named 'covers'
// MESSAGE clang: no member named 'covers' in 'Match'
#include "device.hpp"

struct Match {
  int device;
  constexpr bool matches(int id) const { return device == id; }
#ifdef GOOD
  constexpr bool covers(const Match& other) const { return device == other.device; }
#else
  constexpr bool operator==(const Match& other) const { return device == other.device; }
#endif
};

using Entry = rg::HandlerEntry<Match, rg::Verdict<Flr> (*)(Nic&)>;
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }
inline constexpr Entry entries[] = {{{0x10ed}, by_flr}};
inline constexpr auto& table = rg::handler_table<entries>;

int main() {
  Nic nic;
  return exit_status(table.find(0x10ed)->handler(nic));
}
