// Explores the states of one device that calls of the API can reach, until there are no new ones, and holds each call
// against the rules of the ledger. Exit status 1 if a call breaks them.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "closure_world.hpp"
#include "print_closure.hpp"

namespace {

using namespace closure;

constexpr const char* usage =
    "Usage: explore_closure [--depth N] [--steps N] [--kept N] [--start NAME] [--help]\n"
    "Explores all states of a device that calls of the API can reach, up to N scopes deep, until there are no new "
    "ones:\n"
    "every call, every answer of the hooks, calls from inside them, errors and evidence that were kept from earlier.\n"
    "Each call is held against the rules of the ledger.\n"
    "  --depth N     how many scopes may be open (1 to 5, default 2)\n"
    "  --steps N     4: two reset steps, a plain step, and the plain step for a key (default); 2: one of each kind\n"
    "  --kept N      how many pieces of evidence a program keeps (1 or 2, default 1); it keeps every error\n"
    "  --start NAME  idle (default), or many: in a reset that has recorded nearly as many failures as it can tell "
    "apart\n"
    "  --help        this\n"
    "Exit status: 0 the rules hold in all states, 1 they do not (the shortest program that shows it is printed), 2 "
    "wrong\n"
    "usage.\n";

struct Limits {
  int depth = 2, kept = 1, steps = 4;
  bool many = false;
};
Limits limits;

// --- a state, up to what the answers cannot depend on ---

struct Hash {
  std::uint64_t high = 0, low = 0;
  friend bool operator==(const Hash& a, const Hash& b) { return a.high == b.high && a.low == b.low; }
};

class Form {
 public:
  void add(unsigned value) { bytes_[size_++] = static_cast<std::uint8_t>(value); }
  Hash hash() {
    while (size_ % 8 != 0) bytes_[size_++] = 0;
    Hash hash{0x243f6a8885a308d3, 0x13198a2e03707344};
    for (std::size_t at = 0; at != size_; at += 8) {
      std::uint64_t word;
      std::memcpy(&word, &bytes_[at], 8);
      hash.high = mix(hash.high ^ word);
      hash.low = mix(hash.low + word * 0x9e3779b97f4a7c15u);
    }
    return hash;
  }

 private:
  static std::uint64_t mix(std::uint64_t x) {
    x = (x ^ x >> 32) * 0xd6e8feb86659fd93u;
    x = (x ^ x >> 32) * 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
  }
  std::array<std::uint8_t, 256> bytes_{};
  std::size_t size_ = 0;
};

Name name_of(rg::detail::StepId owner) {
  if (owner == rg::detail::step_id<Flr>()) return Name::flr;
  if (owner == rg::detail::step_id<Bus>()) return Name::bus;
  if (owner == rg::detail::step_id<Ack>()) return Name::ack;
  if (owner == rg::detail::no_step) return Name::nobody;
  if (owner == rg::detail::several_steps) return Name::several;
  return owner.identity == &rg::detail::keyed_identity<Ack> ? Name::chip : Name::none;
}

// Left out is what no answer depends on: the numbers of resets, moments and failures (of a piece of evidence it is kept
// for which scopes it is good), what an error says beyond 'abandoned', and the events beside the rules. That nothing
// else is left out is tried: see Pair.
//
// Of an error no more is asked than whether it says that a scope was left, and whether that is all it says.
unsigned abandoned(Word error) { return error.is(Errc::abandoned) ? error.later() == 0 ? 2u : 1u : 0u; }

Hash state_of(const World& world) {
  const StateMachine& machine = world.machine();
  const Rules& rules = world.rules;
  const std::uint32_t control = machine.*member_of(Tag_control());
  const std::uint32_t failures = control >> 16;
  Form form;
  form.add((control & 0xffu) | (failures != 0 ? 0x80u : 0u));
  form.add(failures >= 0xfff0 ? failures - 0xfff0 + 1 : 0);
  form.add(static_cast<unsigned>(machine.*member_of(Tag_fence())));
  form.add((rules.broken && rules.in_reset() ? 1u : 0u) | (rules.quarantined ? 2u : 0u) |
           (world.nic.blocked ? 4u : 0u) | (rules.in_reset() && world.nic.blocked_before ? 8u : 0u));
  form.add(static_cast<unsigned>(rules.depth));
  if (!machine.in_reset()) return form.hash();

  const auto levels = world.levels();
  const auto& in_reset = machine.*member_of(Tag_in_reset());
  std::size_t depth = 0;
  while (depth != levels.size() && levels[depth] != nullptr) ++depth;
  form.add(static_cast<unsigned>(depth));
  for (std::size_t at = 0; at != depth; ++at) {
    const rg::detail::Level& real = *levels[at];
    const Level& level = rules.levels[at];
    form.add(real.marks.depth);
    form.add((real.marks.touched ? 1u : 0u) | (real.marks.pending ? 2u : 0u));
    if (real.marks.pending) form.add(static_cast<unsigned>(name_of(real.owner)) | abandoned(real.first) << 3);
    if (!rules.broken) form.add((level.touched ? 1u : 0u) | (level.pending() ? 2u : 0u));
    if (!rules.broken && level.pending()) {  // once scopes have ended out of order, the rules say only that all fail
      const bool same = real.marks.pending && level.first.code == real.first.code() &&
                        level.first.native == static_cast<std::int32_t>(real.first.tail & 0xffffffff);
      form.add(static_cast<unsigned>(level.owner) | (level.left ? 8u : 0u) | (same ? 16u : 0u));
    }
    const World::Hand& hand = world.hands[at];
    if (!hand.there) continue;
    form.add(0x80u | abandoned(hand.word) | (real.failed_by(hand.word) ? 4u : 0u) |
             (!rules.broken && level.left && hand.given.later ? 8u : 0u));
  }
  // Evidence: for which of the scopes it is good.
  std::array<unsigned, World::most_kept> pieces{};
  for (std::size_t i = 0; i != world.kept.size(); ++i) {
    const World::Kept& kept = world.kept[i];
    if (!kept.there) continue;
    const std::uint64_t moment = kept.word.without_claim().tail;
    unsigned piece = 0x8000u | (kept.word.claimed() ? 0x4000u : 0u) | (kept.made.shown ? 0x2000u : 0u);
    piece |= (failures == 0 || moment >= in_reset.good_from ? 0x1000u : 0u);
    for (std::size_t at = 0; at != depth; ++at) {
      piece += moment >= levels[at]->opened ? 1u : 0u;
      piece += rules.good(kept.made, rules.levels[at]) ? 0x10u : 0u;
    }
    pieces[i] = piece;
  }
  std::sort(pieces.begin(), pieces.end());
  for (const unsigned piece : pieces) {
    form.add(piece & 0xff);
    form.add(piece >> 8);
  }
  return form.hash();
}

// --- all calls that a program may make in a state ---

class Calls {
 public:
  explicit Calls(const World& world) : world_(world), depth_(world.depth()) {
    if (depth_ < limits.depth) add(Op::enter);
    add(Op::release);
    outside();
    if (depth_ != 0) inside();
  }
  // There are no more after these.
  const std::vector<Call>& all() const { return calls_; }

 private:
  Call& add(Op op, int at = 0, Name step = Name::none, What what = What::none, int index = 0, int keep = 0) {
    Call call;
    call.op = op;
    call.at = at;
    call.step = step;
    call.what = what;
    call.index = index;
    call.keep = keep;
    calls_.push_back(call);
    return calls_.back();
  }
  template <class Function>
  void for_each_keep(Function function) {
    for (int keep = 0; keep <= limits.kept; ++keep) function(keep);
  }
  // The errors that are at hand.
  template <class Function>
  void for_each_old_error(Function function) {
    for (int at = 0; at != depth_; ++at) {
      if (world_.hands[std::size_t(at)].there) function(What::hand, at);
    }
    function(What::dead, 0);
  }

  // Through the object of a scope that has ended.
  void outside() {
    add(Op::pass, ended, Name::flr, What::shown);
    add(Op::fail, ended, Name::flr, What::io);
    add(Op::touch, ended);
    add(Op::overrule, ended, Name::none, What::dead);
    add(Op::finish_ended, 0, Name::none, What::stale);
    add(Op::finish_ended, 0, Name::none, What::unsupported);
    add(Op::finish_ended, 0, Name::none, What::io);
    for_each_old_error([&](What what, int index) { add(Op::finish_ended, 0, Name::none, what, index); });
  }

  void inside() {
    const int in = depth_ - 1;
    for_each_keep([&](int keep) {
      add(Op::pass, in, Name::flr, What::shown, 0, keep);
      if (keep != 0) add(Op::pass, in, Name::flr, What::claim, 0, keep);
    });
    if (limits.steps == 4) add(Op::pass, in, Name::bus, What::shown);
    add(Op::pass, in, Name::ack, What::shown);
    if (limits.steps == 4) add(Op::chip);
    add(Op::touch, in);
    for (const What what : {What::io, What::unsupported}) fail(what, 0);
    if (depth_ > 1) {
      add(Op::pass, 0, Name::flr, What::shown);
      add(Op::fail, 0, Name::flr, What::io);
      add(Op::touch, 0);
    }
    for_each_old_error([&](What what, int index) { fail(what, index); });
    for (int at = 0; at != depth_; ++at) {
      add(Op::move, at);
      for_each_old_error([&](What what, int index) {
        add(Op::overrule, at, Name::none, what, index);
        if (what == What::hand) add(Op::overrule, at, Name::none, What::forged, index);
      });
      if (at == in) finish(at);
      if (at != in) finish_too_early(at);
    }
    add(Op::overrule, in, Name::none, What::unsupported);
  }

  void fail(What what, int index) {
    for (const Name step : {Name::flr, Name::bus, Name::ack}) {
      if (step != Name::bus || limits.steps == 4) add(Op::fail, depth_ - 1, step, what, index);
    }
    if (limits.steps == 4) add(Op::chip, 0, Name::none, what, index);
  }

  void finish(int at) {
    for_each_keep([&](int keep) {
      add(Op::finish, at, Name::flr, What::shown, 0, keep);
      add(Op::finish, at, Name::flr, What::claim, 0, keep);
      for (int i = 0; i != limits.kept; ++i) {
        if (world_.kept[std::size_t(i)].there) add(Op::finish, at, Name::flr, What::kept, i, keep);
      }
    });
    for (const What what : {What::stale, What::foreign}) add(Op::finish, at, Name::flr, what);
    for (const What what : {What::io, What::unsupported, What::abandoned, What::dead_abandoned}) errors(at, what, 0);
    for_each_old_error([&](What what, int index) { errors(at, what, index); });
    add(Op::destroy, at);
    if (limits.steps != 4) return;
    for (const What what : {What::shown, What::claim}) add(Op::finish, at, Name::bus, what);
    for (int i = 0; i != limits.kept; ++i) {
      if (world_.kept[std::size_t(i)].there) add(Op::finish, at, Name::bus, What::kept, i);
    }
  }
  void errors(int at, What what, int index) {
    add(Op::finish, at, Name::flr, what, index);
    if (limits.steps == 4) add(Op::finish, at, Name::bus, what, index);
    add(Op::finish, at, Name::none, what, index);
  }

  // Out of order.
  void finish_too_early(int at) {
    add(Op::finish, at, Name::flr, What::shown);
    for (const What what : {What::io, What::unsupported, What::abandoned}) add(Op::finish, at, Name::flr, what);
    for_each_old_error([&](What what, int index) { add(Op::finish, at, Name::none, what, index); });
    add(Op::destroy, at);
  }

  const World& world_;
  const int depth_;
  std::vector<Call> calls_{};
};

// --- the exploration ---

alignas(64) std::array<std::byte, sizeof(World)> place, start_bytes, state_bytes;
World& world() { return *std::launder(reinterpret_cast<World*>(place.data())); }

struct Found {
  Hash hash{};
  std::uint32_t from = 0, call = 0;
};

// States by their hash: two that are not equal are taken for one with a probability of their number squared in 2^128.
class States {
 public:
  States() : table_(std::size_t{1} << 20) {}

  // Its number, and whether it is a new one.
  std::pair<std::uint32_t, bool> add(const Found& found) {
    const std::size_t at = slot(found.hash);
    if (table_[at] != 0) return {table_[at] - 1, false};
    all_.push_back(found);
    const auto number = static_cast<std::uint32_t>(all_.size());
    table_[at] = number;
    if (all_.size() * 2 > table_.size()) grow();
    return {number - 1, true};
  }
  const Found& at(std::uint32_t number) const { return all_[number]; }
  std::size_t size() const { return all_.size(); }
  std::size_t bytes() const { return table_.size() * sizeof(table_[0]) + all_.capacity() * sizeof(all_[0]); }

 private:
  std::size_t slot(const Hash& hash) const {
    std::size_t at = hash.low & (table_.size() - 1);
    while (table_[at] != 0 && !(all_[table_[at] - 1].hash == hash)) at = (at + 1) & (table_.size() - 1);
    return at;
  }
  void grow() {
    table_.assign(table_.size() * 2, 0);
    for (std::size_t i = 0; i != all_.size(); ++i) table_[slot(all_[i].hash)] = static_cast<std::uint32_t>(i + 1);
  }
  std::vector<Found> all_{};
  std::vector<std::uint32_t> table_;
};

// Two ways to one state, of which the second is not gone on from: what follows must be the same.
struct Pair {
  std::uint32_t state = 0, from = 0, call = 0;
};

States states;
std::vector<Pair> pairs;
constexpr std::uint64_t one_pair_of = 4096;
std::uint64_t edges = 0;
std::uint32_t state_now = 0, call_now = 0;

// One line on stderr that is overwritten, if somebody may be looking.
class Progress {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  void show(std::size_t done) {
    if (!terminal_ || seconds() < next_) return;
    next_ = seconds() + 0.2;
    std::fprintf(stderr, "\r\033[Kexplore_closure: %zu of %zu states, %.0f s", done, states.size(), seconds());
  }
  void clear() const {
    if (terminal_) std::fputs("\r\033[K", stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start_ = Clock::now();
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  double next_ = 0.2;
};
Progress progress;

void put_back(const std::array<std::byte, sizeof(World)>& bytes) {
  std::memcpy(place.data(), bytes.data(), bytes.size());
  asm volatile("" ::: "memory");  // the compiler is not to know what is there
}

std::vector<std::uint32_t> path_to(std::uint32_t state) {
  std::vector<std::uint32_t> path;
  for (; state != 0; state = states.at(state).from) path.push_back(states.at(state).call);
  std::reverse(path.begin(), path.end());
  return path;
}

void go_to(std::uint32_t state) {
  put_back(start_bytes);
  for (const std::uint32_t call : path_to(state)) world().make(Call::from(call));
}

// Prints the path to the call that is being made, and ends: also out of the midst of it.
[[noreturn]] void fails(const char* what) {
  progress.clear();
  std::vector<std::uint32_t> path = path_to(state_now);
  path.push_back(call_now);
  std::printf("A program fails: %s.\nThe shortest that does, of %zu calls:\n\n%s", what, path.size(), Printer::begin());
  if (limits.many) std::fputs(Printer::many(), stdout);
  put_back(start_bytes);
  for (std::size_t i = 0; i != path.size(); ++i) {
    const Call call = Call::from(path[i]);
    std::fputs(Printer::line(world(), call).c_str(), stdout);
    if (i + 1 != path.size()) world().make(call);
  }
  std::printf("  // %s\n%s", what, Printer::end());
  std::fflush(stdout);
  std::_Exit(1);  // with the device as it is: one that is in mid-reset would trap when destroyed
}

// From where state_bytes says.
Hash make(const Call& call) {
  put_back(state_bytes);
  call_now = call.code();
  world().make(call);
  if (world().complaint != nullptr) fails(world().complaint);
  return state_of(world());
}

void explore(const Call& call) {
  const Hash hash = make(call);
  ++edges;
  if (call.op == Op::move && !(hash == states.at(state_now).hash)) fails("a scope that is moved changes something");
  const auto [state, is_new] = states.add({hash, state_now, call_now});
  if (!is_new && edges % one_pair_of == 0) pairs.push_back({state, state_now, call_now});
}

// With each answer of the hook, if the call calls one.
void explore_with_hooks(Call call) {
  explore(call);
  if (!world().hook_called) return;
  for (int reply = 0; reply != reply_count; ++reply) {
    for (int inside = 0; inside != inside_count; ++inside) {
      call.reply = static_cast<Reply>(reply);
      call.inside = static_cast<Inside>(inside);
      const bool refused = call.inside == Inside::enters || call.inside == Inside::releases;
      if ((reply == 0 && inside == 0) || (call.reply == Reply::refusal && !refused)) continue;
      explore(call);
    }
  }
}

// Whether each call leads from both to one state.
void compare(const Pair& pair) {
  static std::array<std::byte, sizeof(World)> first, second;
  go_to(pair.from);
  world().make(Call::from(pair.call));
  second = place;
  go_to(pair.state);
  first = place;
  const Calls calls(world());
  for (const Call& call : calls.all()) {
    state_now = pair.state;
    state_bytes = first;
    const Hash one = make(call);
    state_bytes = second;
    put_back(second);
    call_now = pair.call;
    world().make(call);
    if (world().complaint != nullptr || !(state_of(world()) == one)) {
      state_now = pair.from;
      std::printf("two ways to a state differ in the call: %s\nThe other way:\n", Printer::line(world(), call).c_str());
      put_back(start_bytes);
      for (const std::uint32_t step : path_to(pair.state)) {
        std::fputs(Printer::line(world(), Call::from(step)).c_str(), stdout);
        world().make(Call::from(step));
      }
      fails(
          "and what follows is not what follows after another way to the same state: the states are told apart badly");
    }
  }
}

// In a reset that has recorded nearly as many failures as it can tell apart.
void record_many() {
  Call fail, overrule;
  fail.op = Op::fail;
  fail.step = Name::flr;
  fail.what = What::io;
  overrule.op = Op::overrule;
  overrule.what = What::hand;
  world().make(Call{});
  for (unsigned i = 0; i != many_failures; ++i) {
    world().make(fail);
    world().make(overrule);
  }
  if (world().complaint != nullptr) std::abort();
}

void report_crashes() {
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
    std::signal(signal, [](int number) {
      std::signal(number, SIG_DFL);
      fails("it crashes");
    });
  }
}

int number(const std::string& option, const std::string& text, int least, int most) {
  const int value = text.size() == 1 ? text[0] - '0' : -1;
  if (value >= least && value <= most) return value;
  std::fprintf(stderr, "explore_closure: %s needs a number from %d to %d, not '%s'\n", option.c_str(), least, most,
               text.c_str());
  std::exit(2);
}

}  // namespace

int main(int count, char** arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    if (option == "--help" || option == "-h") {
      std::fputs(usage, stdout);
      return 0;
    }
    const std::string value = i + 1 == count ? "" : arguments[++i];
    if (option == "--depth") {
      limits.depth = number(option, value, 1, World::most_scopes);
    } else if (option == "--kept") {
      limits.kept = number(option, value, 1, World::most_kept);
    } else if (option == "--steps") {
      limits.steps = number(option, value, 2, 4) < 4 ? 2 : 4;
    } else if (option == "--start" && (value == "idle" || value == "many")) {
      limits.many = value == "many";
    } else {
      std::fprintf(stderr,
                   option == "--start" ? "explore_closure: --start needs idle or many, not '%s'\n"
                                       : "explore_closure: unknown option '%s' (--help lists them)\n",
                   option == "--start" ? value.c_str() : option.c_str());
      return 2;
    }
  }
  report_crashes();
  rg::set_trap_handler([](const char* rule) noexcept { fails(rule); });

  ::new (static_cast<void*>(place.data())) World();
  if (limits.many) record_many();
  start_bytes = place;
  states.add({state_of(world()), 0, 0});
  int longest = 0;
  std::size_t end_of_length = 1;
  for (std::uint32_t at = 0; at != states.size(); ++at) {
    if (at == end_of_length) {
      end_of_length = states.size();
      ++longest;
    }
    if (at % 1024 == 0) progress.show(at);
    state_now = at;
    go_to(at);
    state_bytes = place;
    if (!(state_of(world()) == states.at(at).hash)) fails("the same calls lead to another state");
    const Calls calls(world());
    for (const Call& call : calls.all()) explore_with_hooks(call);
  }
  for (const Pair& pair : pairs) compare(pair);
  progress.clear();
  std::printf(
      "%zu states, none further than %d calls; %llu calls from them lead to no other: the rules hold\n"
      "of %zu states two ways were compared, with all that follows\n%.1f s, %zu MB\n",
      states.size(), longest, static_cast<unsigned long long>(edges), pairs.size(), progress.seconds(),
      (states.bytes() >> 20) + 1);
  return 0;
}
