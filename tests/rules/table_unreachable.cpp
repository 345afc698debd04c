// RULE: In a table of handlers, put a wildcard after the entries that it includes.
// WHY: The first entry that fits is the handler: an entry after a wildcard that includes it would never be found.
// ENFORCED: by types
// MESSAGE: an entry of this table is never found behind a wildcard: move it before that
#include "device.hpp"

struct Match {
  int vendor, device;  // -1: any
  constexpr bool matches(const Match& id) const { return vendor == id.vendor && (device == -1 || device == id.device); }
  constexpr bool covers(const Match& other) const { return matches(other); }
};
using Entry = rg::HandlerEntry<Match, rg::Verdict<Flr> (*)(Nic&)>;
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }

#ifdef GOOD
inline constexpr Entry entries[] = {{{0x1425, 0x4000}, by_flr}, {{0x1425, -1}, by_flr}};
inline constexpr auto& table = rg::handler_table<entries>;
#else
inline constexpr Entry entries[] = {{{0x1425, -1}, by_flr}, {{0x1425, 0x4000}, by_flr}};
inline constexpr auto& table = rg::handler_table<entries>;
#endif

int main() {
  Nic nic;
  return exit_status(table.find(Match{0x1425, 0x5000})->handler(nic));
}
