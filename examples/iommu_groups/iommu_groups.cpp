// Resets in an IOMMU group, by a model of Linux 7.1 and with the library, side by side: what each function's DMA goes
// through in the end, or at the moment that the scenario names.
//
// iommu_groups                              prints the table
// iommu_groups --read-freed linux|library   runs the scenario of CVE-2026-52952 alone; the IOMMU reads the domain that
//                                           done attaches although it may have been freed: for AddressSanitizer
// Ends with 0; with 2 for other arguments.
#define RESET_GUARD_STRICT 1
#include <reset_guard/group.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "sim/iommu.hpp"
#include "sim/translation.hpp"
#include "upstream/iommu_group_7_1.hpp"

namespace {

namespace rg = reset_guard;

constexpr std::size_t a = 0, b = 1, c = 2;
constexpr sim::Pasid pasid = 5;

std::string name_of(std::size_t index) { return {"ABC"[index]}; }

struct Setup {
  bool aliases = false;    // A and B have one requester ID
  bool has_domain = true;  // "guest"; otherwise the group has none yet
  upstream::linux_7_1::MustSucceed must_succeed = upstream::linux_7_1::MustSucceed::honoured;
};

// A group of two functions, A and B, and what a user does with it.
class World {
 public:
  using During = std::function<void()>;

  World() = default;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  virtual ~World() = default;

  virtual sim::Translation& tables() = 0;
  virtual sim::RequesterId requester_id(std::size_t index) const = 0;

  // One act resets these functions; `during` is called between prepare and the act.
  virtual std::string reset(std::initializer_list<std::size_t> indices, const During& during) = 0;
  std::string reset(std::initializer_list<std::size_t> indices) {
    return reset(indices, [] {});
  }
  virtual void add() = 0;  // C
  virtual std::string set_domain(const sim::Domain& domain) = 0;
  virtual void must_set_domain(const sim::Domain& domain) = 0;
  virtual std::string set_pasid(const sim::Domain& domain) = 0;
  virtual void remove_pasid() = 0;
  virtual std::string remarks() const { return {}; }

  std::string through(std::size_t index, sim::Pasid its_pasid = sim::no_pasid) {
    const char* const name = tables().through(requester_id(index), its_pasid);
    return name_of(index) + " " + (name != nullptr ? name : "blocked");
  }
  std::string both() { return through(a) + ", " + through(b) + remarks(); }
  // The user goes; its domain is freed.
  void free_guest() {
    must_set_domain(host);
    guest.reset();
  }

  const sim::Domain host{"host"}, other{"other"};
  std::unique_ptr<const sim::Domain> guest = std::make_unique<const sim::Domain>("guest");
  std::size_t hangs = c;  // which function a reset does not reset
};

class Linux final : public World {
 public:
  explicit Linux(const Setup& setup)
      : group_(tables_, setup.has_domain ? sim::DomainPointer(*guest) : sim::DomainPointer(), setup.must_succeed),
        aliases_(setup.aliases) {
    for (const std::size_t index : {a, b}) group_.add(requester_id(index));
  }

  sim::Translation& tables() override { return tables_; }
  sim::RequesterId requester_id(std::size_t index) const override {
    return aliases_ ? 0 : static_cast<sim::RequesterId>(index);
  }

  std::string reset(std::initializer_list<std::size_t> indices, const During& during) override {
    int result = 0;
    std::size_t prepared = 0;
    for (const std::size_t index : indices) {
      result = group_.prepare(index);
      if (result != 0) break;
      ++prepared;
    }
    if (result == 0) {
      during();
      for (const std::size_t index : indices) {
        if (index == hangs) result = -ENOTTY;
      }
    }
    for (const std::size_t index : indices) {
      if (prepared == 0) break;
      --prepared;
      group_.done(index);
    }
    return text(result);
  }
  void add() override { group_.add(requester_id(c)); }
  std::string set_domain(const sim::Domain& domain) override {
    return text(group_.set_domain(sim::DomainPointer(domain)));
  }
  void must_set_domain(const sim::Domain& domain) override { group_.must_set_domain(sim::DomainPointer(domain)); }
  std::string set_pasid(const sim::Domain& domain) override {
    return text(group_.set_pasid(pasid, sim::DomainPointer(domain)));
  }
  void remove_pasid() override { group_.remove_pasid(pasid); }
  std::string remarks() const override { return group_.warnings() != 0 ? " (WARN)" : ""; }

 private:
  static std::string text(int result) {
    switch (result) {
      case 0: return "0";
      case -EBUSY: return "-EBUSY";
      case -ENOMEM: return "-ENOMEM";
      case -ENOTTY: return "-ENOTTY";
      default: return std::to_string(result);
    }
  }

  sim::Translation tables_;
  upstream::linux_7_1::IommuGroup group_;
  const bool aliases_;
};

struct Function {
  Function(sim::Iommu& its_iommu, sim::Iommu::Slot its_slot) : iommu(its_iommu), slot(its_slot) {}

  sim::Iommu& iommu;
  const sim::Iommu::Slot slot;
  int mark = 0;  // a reset clears it
  rg::ResetState reset_state;

  rg::Status reset_prepare() noexcept { return iommu.block(slot); }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) return iommu.unblock(slot);
    iommu.keep_blocked(slot);
    return rg::ok();
  }
};
using Functions = rg::GroupInReset<Function>;

// `act(functions)` is called, and clears the marks of those that it resets.
struct GroupReset : rg::ResetStep<GroupReset> {
  static rg::Status act(Functions& functions, const std::function<void(Functions&)>& reset_all_of) {
    reset_all_of(functions);
    return rg::ok();  // what came of it, each function's witness shows
  }
  struct Witness {
    explicit Witness(Function& function) noexcept { function.mark = 1; }
    rg::Status check(Function& function) const noexcept {
      if (function.mark == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "the mark is still there");
    }
  };
};

class Library final : public World {
 public:
  explicit Library(const Setup& setup)
      : group_(iommu_.add_group(setup.has_domain ? sim::DomainPointer(*guest) : sim::DomainPointer())) {
    const sim::Iommu::Slot first = iommu_.attach_to(group_);
    functions_.emplace_back(iommu_, first);
    functions_.emplace_back(iommu_, setup.aliases ? iommu_.attach_alias(first) : iommu_.attach_to(group_));
  }

  sim::Translation& tables() override { return iommu_.tables(); }
  sim::RequesterId requester_id(std::size_t index) const override {
    return iommu_.requester_id(functions_[index].slot);
  }

  std::string reset(std::initializer_list<std::size_t> indices, const During& during) override {
    return text(reset_members(indices, during));
  }
  // In mid-reset C joins the reset, and is fenced until its end.
  void add() override {
    Function& added = functions_.emplace_back(iommu_, iommu_.attach_to(group_));
    if (in_reset_ != nullptr) in_reset_->join(added).discard("then C is open, which the table shows");
  }
  std::string set_domain(const sim::Domain& domain) override { return text(iommu_.set_domain(group_, domain)); }
  void must_set_domain(const sim::Domain& domain) override {
    iommu_.must_set_domain(group_, sim::DomainPointer(domain));
  }
  std::string set_pasid(const sim::Domain& domain) override { return text(iommu_.set_pasid(group_, pasid, domain)); }
  void remove_pasid() override { iommu_.remove_pasid(group_, pasid); }
  std::string remarks() const override {
    std::string quarantined;
    for (std::size_t i = 0; i != functions_.size(); ++i) {
      if (functions_[i].reset_state.quarantined()) quarantined += name_of(i);
    }
    return quarantined.empty() ? "" : " (" + quarantined + " quarantined)";
  }

 private:
  RESET_GUARD_MUST_USE rg::Status reset_members(std::initializer_list<std::size_t> indices, const During& during) {
    rg::ResetGroup<Function, 3> members;
    for (const std::size_t index : indices) RESET_GUARD_CHECK(members.add(functions_[index]));
    const auto reset_all_of = [&](Functions& functions) {
      Functions* const outer = std::exchange(in_reset_, &functions);
      during();
      in_reset_ = outer;
      for (Function& function : functions) {
        if (hangs == c || &function != &functions_[hangs]) function.mark = 0;
      }
    };
    RESET_GUARD_TRY(auto answers, rg::reset_all<GroupReset>(members, reset_all_of));
    return rg::first_of(std::move(answers));
  }

  static std::string text(rg::Status status) {
    if (!status.failed()) return "ok";
    return to_string(std::move(status).error().code());
  }

  sim::Iommu iommu_;
  const sim::Iommu::Group group_;
  std::deque<Function> functions_;  // none moves: each holds its reset state
  Functions* in_reset_ = nullptr;
};

// --- the scenarios ---

std::string at_once(World& world) {
  std::string seen;
  world.reset({a}, [&] {
    world.reset({b});
    seen = world.both();
  });
  return seen;
}

std::string nested(World& world) {
  std::string seen;
  world.reset({a}, [&] {
    world.reset({a});
    seen = world.both();
  });
  return seen;
}

std::string attach(World& world) {
  std::string answer;
  world.reset({a}, [&] { answer = world.set_domain(world.other); });
  return answer + ", afterwards " + world.set_domain(world.other);
}

std::string detach(World& world) {
  world.reset({a}, [&] { world.free_guest(); });
  return world.both();
}

std::string add(World& world) {
  std::string seen;
  world.reset({a, b}, [&] {
    world.add();
    seen = world.through(c);
  });
  return seen + ", afterwards " + world.through(c);
}

std::string pasid_of_sibling(World& world) {
  std::string seen;
  world.set_pasid(world.other);
  world.reset({b}, [&] {
    world.reset({a});
    seen = world.through(a, pasid) + ", " + world.through(b, pasid);
  });
  return seen;
}

std::string pasid_removed(World& world) {
  world.set_pasid(world.other);
  world.reset({a}, [&] { world.remove_pasid(); });
  return "removed again: " + std::to_string(world.tables().removed_again()) + ", " + world.through(a, pasid);
}

std::string no_domain(World& world) {
  world.reset({a});
  const std::string seen = world.through(a);
  world.set_domain(world.host);
  return seen + ", with a domain " + world.through(a) + world.remarks();
}

std::string refused_attach(World& world) {
  const std::string answer = world.reset({a}, [&] { world.tables().refuse(1); });
  return answer + ": " + world.both();
}

std::string refused_prepare(World& world) {
  world.tables().refuse(2);
  const std::string answer = world.reset({a, b});
  return answer + ": " + world.both();
}

std::string failed_reset(World& world) {
  world.hangs = b;
  const std::string answer = world.reset({a, b});
  return answer + ": " + world.both();
}

struct Scenario {
  const char* name;
  Setup setup;
  std::string (*run)(World& world);
};

constexpr auto before_the_fix = upstream::linux_7_1::MustSucceed::refused;
constexpr Scenario cve = {"the same, before the fix of CVE-2026-52952", {.must_succeed = before_the_fix}, detach};

constexpr Scenario scenarios[] = {
    {"A and B in reset at once, B's has ended", {}, at_once},
    {"A in a reset in its reset, the inner one has ended", {}, nested},
    {"A and B have one requester ID, B's reset has ended", {.aliases = true}, at_once},
    {"an attach in A's reset", {}, attach},
    {"the user goes in A's reset, and frees its domain", {}, detach},
    cve,
    {"C is added while the bus is reset", {}, add},
    {"A and B in reset at once, A's has ended: PASID 5", {}, pasid_of_sibling},
    {"PASID 5 is removed in A's reset", {}, pasid_removed},
    {"A is reset before the group has a domain", {.has_domain = false}, no_domain},
    {"done cannot attach A", {}, refused_attach},
    {"A and B reset, prepare cannot block B", {}, refused_prepare},
    {"A and B reset, B's fails", {}, failed_reset},
};

template <class Side>
std::string run(const Scenario& scenario, bool read_freed = false) {
  Side world(scenario.setup);
  if (read_freed) world.tables().read_freed_domains();
  return scenario.run(world);
}

void print(const char* scenario, const std::string& in_linux, const std::string& with_library) {
  std::printf("%-50s | %-37s | %s\n", scenario, in_linux.c_str(), with_library.c_str());
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 3 && std::string_view(arguments[1]) == "--read-freed") {
    const std::string_view side = arguments[2];
    if (side == "linux" || side == "library") {
      std::puts((side == "linux" ? run<Linux>(cve, true) : run<Library>(cve, true)).c_str());
      return 0;
    }
  }
  if (count != 1) {
    std::fputs("iommu_groups: call it without arguments, or with --read-freed linux, or --read-freed library\n",
               stderr);
    return 2;
  }
  std::puts("A, B and C: functions of one group. guest: its domain. host: that without a user. WARN: in Linux's log.");
  std::puts(
      "Linux 7.1: a model of it. with the library: its hooks on a simulated IOMMU, which attaches what the group has "
      "then.");
  print("scenario", "Linux 7.1", "with the library");
  for (const Scenario& scenario : scenarios) print(scenario.name, run<Linux>(scenario), run<Library>(scenario));
}
