// Hot-plug and restarts: a card comes back as another object, in another process, and is still quarantined. The reset
// state belongs to the card's identity, its address and serial number. The handle that enumeration makes hangs from it.
#define RESET_GUARD_STRICT 1
#include <reset_guard/hosted/text.hpp>
#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace rg = reset_guard;

using Identity = std::pair<std::string, std::string>;  // address, serial number

struct Handle {  // stands for the hardware; a new object after each hot-plug
  std::uint32_t scratch = 0;
  bool falls_off = false;
};

// [record]
struct Record {  // what is to be known after a restart
  std::uint64_t epoch = 0;
  bool quarantined = false, unfenced = false;
  rg::Errc code{};
  std::int32_t native = 0;
};
// [record]
struct Host {  // what outlives the process: a file, and the IOMMU
  std::map<Identity, Record> records;
  std::set<Identity> blocked;
};

// [card]
struct Card {  // what is reset; it stays where it is, with a handle or without
  Card(Host& its_host, Identity its_identity, const Record& known)
      : host(its_host), identity(std::move(its_identity)), reset_state(known.epoch) {}
  Card(Host& its_host, Identity its_identity, const Record& known, rg::Error quarantined_for)
      : host(its_host), identity(std::move(its_identity)), reset_state(known.epoch, quarantined_for, known.unfenced) {}

  Host& host;
  Identity identity;
  rg::ResetState reset_state;
  std::unique_ptr<Handle> handle;

  rg::Status reset_prepare() noexcept {
    host.blocked.insert(identity);
    host.records[identity] = {reset_state.epoch(), true, false, rg::Errc::abandoned, 0};  // if the process dies now
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::verified || outcome == rg::Outcome::released) host.blocked.erase(identity);
    return rg::ok();
  }
  void save() {  // after each reset
    Record& record = host.records[identity] = {reset_state.epoch(), reset_state.quarantined(), reset_state.unfenced()};
    if (!record.quarantined) return;
    record.code = reset_state.quarantine_reason().code();
    record.native = reset_state.quarantine_reason().native();
  }
};
// [card]

struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Card& card) noexcept {
    if (card.handle != nullptr && card.handle->falls_off) card.handle.reset();  // hot-plug takes the handle away
    if (card.handle == nullptr) return rg::Error(rg::Errc::gone, -19, "FLR");
    card.handle->scratch = 0;
    return rg::ok();
  }
  struct Witness {  // a mark that the reset clears
    RESET_GUARD_MUST_USE static rg::Result<Witness> look(rg::ResetScope<Card>& scope) noexcept {
      if (scope.device().handle == nullptr) return rg::Error(rg::Errc::gone, -19, "FLR: before");
      scope.touch();
      scope.device().handle->scratch = 1;
      return Witness();
    }
    rg::Status check(Card& card) const noexcept {
      if (card.handle != nullptr && card.handle->scratch == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "FLR: the mark is still there");
    }
  };
};

RESET_GUARD_MUST_USE rg::Verdict<Flr> reset(Card& card) {
  auto verdict = Flr::run(card);
  card.save();
  return verdict;
}

// [restore]
class Registry {
 public:
  explicit Registry(Host& host) : host_(host) {}

  // A handle for this identity: of a card that is known, or of a new one, which is quarantined if its record says so.
  Card& plug(const Identity& identity, std::unique_ptr<Handle> handle) {
    Card& card = find(identity);
    card.handle = std::move(handle);
    return card;
  }

 private:
  Card& find(const Identity& identity) {
    const auto known = cards_.find(identity);
    if (known != cards_.end()) return known->second;
    const Record record = host_.records[identity];
    if (!record.quarantined) return cards_.try_emplace(identity, host_, identity, record).first->second;
    const rg::Error reason(record.code, record.native, "before the restart");
    return cards_.try_emplace(identity, host_, identity, record, reason).first->second;
  }

  Host& host_;
  std::map<Identity, Card> cards_;  // a card's address does not change: its state is not moved
};
// [restore]

// Whether the card is as it should be: blocked and quarantined for this reason, or neither ("").
bool is(const char* when, const Card& card, const std::string& reason) {
  const bool quarantined = card.reset_state.quarantined();
  const std::string why = quarantined ? to_string(card.reset_state.quarantine_reason()) : "";
  std::printf("%-28s %s\n", when, quarantined ? ("quarantined for " + why).c_str() : "in use");
  return why == reason && (card.host.blocked.count(card.identity) != 0) == quarantined;
}

RESET_GUARD_MUST_USE rg::Result<bool> run() {
  Host host;
  const Identity first{"0000:01:00.0", "SN17"}, other{"0000:01:00.0", "SN18"};
  bool right = true;
  {
    Registry registry(host);
    Card& card = registry.plug(first, std::make_unique<Handle>(Handle{0, true}));
    reset(card).discard("it is gone, which the next line states");
    right &= is("unplugged in mid-reset:", card, "FLR: gone (-19)");
    right &= is("another card in its place:", registry.plug(other, std::make_unique<Handle>()), "");
    Card& again = registry.plug(first, std::make_unique<Handle>());
    right &= &again == &card && is("back, as another object:", again, "FLR: gone (-19)");
  }
  Registry registry(host);
  Card& card = registry.plug(first, std::make_unique<Handle>());
  right &= is("back, in another process:", card, "before the restart: gone (-19)");
  RESET_GUARD_TRY([[maybe_unused]] auto evidence, reset(card));
  right &= is("after a verified reset:", card, "") && !host.records[first].quarantined;
  return right;
}

int main() {
  auto right = run();
  if (right.failed()) {
    std::puts(to_string(std::move(right).error()).c_str());
    return 1;
  }
  return std::move(right).take() ? 0 : 1;
}
