// RULE: Keep a result on the stack.
// WHY: No compiler follows a result through a pointer, so it could be forgotten there.
// ENFORCED: at run time except status
// LIMIT: The analysis follows variables, not the contents of an object.
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

#include <new>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

// CASE: by new
// ENFORCED: by types
// FOR EACH: as written
// MESSAGE g++: use of deleted function 'static void* reset_guard::Result<T>::operator new(std::size_t)
// MESSAGE clang: call to deleted function 'operator new'
// MESSAGE clang 19: reset_guard: a result lives on the stack
namespace result_heap {
#ifdef GOOD
rg::Status load(Nic& nic) {
  auto status = load_firmware(nic);
  return status;
}
#else
rg::Status load(Nic& nic) {
  auto* status = new rg::Status(load_firmware(nic));
  return std::move(*status);
}
#endif

int main() {
  Nic nic;
  return exit_status(load(nic));
}
}  // namespace result_heap

// CASE: by new, of each kind
// ENFORCED: by types
// MESSAGE: deleted
namespace heap {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto* result = new rg::Verdict<Flr>(Flr::run(scope.device()));  // BAD
  // GOOD: auto* result = &scope;
  if (result == nullptr) scope.touch();
  return BusReset::run(scope);
}
}  // namespace heap

// CASE: by the global operator new
namespace global_new {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] auto* result = ::new rg::Verdict<Flr>(Flr::run(scope.device()));  // BAD
  // GOOD: Flr::run(scope.device()).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace global_new

// CASE: in a buffer
namespace placement {
rg::Verdict<BusReset> drops(Scope& scope) {
  alignas(rg::Verdict<Flr>) char buffer[sizeof(rg::Verdict<Flr>)];
  auto* result = ::new (static_cast<void*>(buffer)) rg::Verdict<Flr>(Flr::run(scope.device()));  // BAD
  // GOOD: auto* result = buffer;
  (void)result;
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace placement

// CASE: in a container
namespace container {
rg::Verdict<BusReset> drops(Scope& scope) {
  std::vector<rg::Verdict<Flr>> results;
  results.push_back(Flr::run(scope.device()));  // BAD
  // GOOD: results.reserve(1);
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace container

// CASE: in a member
namespace member {
template <class T>
struct Kept {
  T result;
};

rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] Kept<rg::Verdict<Flr>> kept{Flr::run(scope.device())};  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace member

// CASE: in an optional
// ENFORCED: by strict (clang: typestate), at run time except status
namespace optional {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] std::optional<rg::Verdict<Flr>> kept(Flr::run(scope.device()));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace optional

// CASE: in a pair
// ENFORCED: by strict (clang: typestate), at run time except status
namespace pair {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] auto kept = std::pair<rg::Verdict<Flr>, int>(Flr::run(scope.device()), 0);  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace pair

// CASE: in a tuple
namespace tuple {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] auto kept = std::make_tuple(Flr::run(scope.device()), 0);  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace tuple

// CASE: in a container, with RESET_GUARD_TRAP_DROPPED
// ENFORCED: by trap
// FOR EACH: as written
// FLAGS: -DRESET_GUARD_TRAP_DROPPED
// PRINTS: a failure that nobody looked at: timed_out, from: attempt
// GOOD PRINTS: went on
namespace trap_dropped {
int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  nic.firmware_answers = false;
  {
    std::vector<rg::Status> results;
    results.push_back(attempt(nic));
    results.push_back(rg::ok());
    for (rg::Status& result : results) static_cast<void>(&result);  // BAD
    // GOOD: for (rg::Status& result : results) RESET_GUARD_MOVE(result).discard("a control");
  }
  puts("went on");
  return 0;
}
}  // namespace trap_dropped
