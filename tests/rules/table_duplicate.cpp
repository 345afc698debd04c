// RULE: Do not enter the same devices twice in a table of handlers.
// WHY: The second entry would never be found.
// ENFORCED: by types
// MESSAGE: two entries of this table are for the same devices: remove one
#include "device.hpp"

struct Match {
  int vendor, device;
  constexpr bool matches(const Match& id) const { return vendor == id.vendor && device == id.device; }
  constexpr bool covers(const Match& other) const { return matches(other); }
};
using Entry = rg::HandlerEntry<Match, rg::Verdict<Flr> (*)(Nic&)>;
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }

#ifdef GOOD
inline constexpr Entry entries[] = {{{0x8086, 0x10ed}, by_flr}, {{0x8086, 0x1515}, by_flr}};
inline constexpr auto& table = rg::handler_table<entries>;
#else
inline constexpr Entry entries[] = {{{0x8086, 0x10ed}, by_flr}, {{0x8086, 0x10ed}, by_flr}};
inline constexpr auto& table = rg::handler_table<entries>;
#endif

int main() {
  Nic nic;
  return exit_status(table.find(Match{0x8086, 0x10ed})->handler(nic));
}
