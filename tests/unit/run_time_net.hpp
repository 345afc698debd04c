// One reset in which one rule of the run-time net is broken, at a chosen depth, and the error is then lost on a chosen
// path (tests/model/run_time_net.hpp says what the paths are).
#pragma once

#include "../model/run_time_net.hpp"
#include "fixtures.hpp"

#include <list>
#include <sstream>

namespace core_test {

using run_time_net::Fence;
using run_time_net::Path;

template <class T>
void drop(rg::Result<T> result) {
  std::move(result).discard("an error that is thrown away");
}

// What the scopes end with that do not break the rule. The numbers alternate: the same step would be a retry.
using Even = Resetting<60>;
using Odd = Resetting<61>;
// Of a scope that breaks the rule inside a handler.

class BrokenReset {
 public:
  BrokenReset(unsigned depth, Path path) : depth_(depth), path_(path) {
    // There are an error and evidence to mistake for this reset's. The other device has had the same resets: it is at
    // the same epoch, and its ledger has recorded as much.
    earlier_error_.emplace(error_in(Flr::run(device(), Errc::io, -5)));
    drop(Flr::run(other, Errc::io, -5));
    earlier_evidence_.emplace(value_in(Flr::run(device())));
    drop(Flr::run(other));
    start();
  }

  // Another device takes this one's place, at the same address. The old one had one good reset, as the new one will.
  void replug() {
    device_.emplace();
    earlier_evidence_.emplace(value_in(Flr::run(device())));
    const std::uint64_t seed = device().reset_state.epoch();
    device_.emplace(seed);
    start();
  }

  Device& device() { return *device_; }
  const Error& earlier_error() const { return *earlier_error_; }
  Flr::Verdict earlier_evidence() { return std::move(*earlier_evidence_); }

  // --- the scopes ---

  void open_around() {
    while (open_.size() + 1 < depth_) open_.push_back(enter(device()));
  }
  Owned& open() {
    open_.push_back(enter(device()));
    return open_.back();
  }
  // Takes the innermost open scope away from what ends by itself.
  Owned take() {
    Owned scope = std::move(open_.back());
    open_.pop_back();
    return scope;
  }

  // How a scope ends that does not break the rule.
  template <class S>
  typename S::Verdict ordinary_end(Scope& scope) {
    if (path_ == Path::error) return Error(Errc::io, -6, "cleanup");
    return S::in(scope);
  }
  void end_what_is_open() {
    while (!open_.empty()) {
      const bool even = open_.size() % 2 == 0;
      Owned scope = take();
      even ? hear(scope.finish(ordinary_end<Even>(scope))) : hear(scope.finish(ordinary_end<Odd>(scope)));
    }
  }

  // --- what came of it ---

  // What a scope answered as it ended. The last one to be heard is the last one that ended with somebody to tell.
  template <class T>
  void hear(rg::Result<T> answer) {
    if (answer.failed()) {
      answer_ = text(std::move(answer).error());
    } else {
      std::move(answer).discard("a success");
      answer_ = "verified";
    }
  }

  // The outermost answer, or the quarantine's reason if nobody was told; the hooks; and how the device was left.
  std::string describe() {
    const rg::ResetState& state = device().reset_state;
    const std::string reason = state.quarantined() ? text(state.quarantine_reason()) : "nothing";
    std::ostringstream out;
    out << answer_.value_or(reason);
    for (const std::string& hook : device().log) out << "; " << hook;
    if (device().blocked) out << "; blocked";
    if (state.unfenced()) out << "; unfenced";
    if (state.quarantined()) out << "; quarantined: " << reason;
    return out.str();
  }

  // What describe() must say.
  static std::string expected(const run_time_net::Row& row, const run_time_net::Cell& cell) {
    const run_time_net::Origin origin = cell.of_clean_up ? run_time_net::Origin{"cleanup", -6} : row.origin;
    const std::string error = text(cell.answer, origin.step, origin.native, cell.later);
    std::string out = error + "; prepare";
    if (cell.fence == Fence::none) return out;
    out += std::string("; done(") + to_string(row.told) + ")";
    out += cell.fence == Fence::kept ? "; blocked" : "; unfenced";
    return out + "; quarantined: " + error;
  }

  Device other;

 private:
  static std::string text(const Error& error) {
    return text(error.code(), error.where(), error.native(), error.later_errors());
  }
  static std::string text(Errc code, const char* where, int native, unsigned later) {
    std::ostringstream out;
    out << to_string(code) << " (" << where << ", " << native << "), " << later << " later";
    return out.str();
  }

  void start() {
    device().log.clear();
    if (path_ == Path::error) device().done_error = Errc::no_memory;
  }

  std::optional<Device> device_{std::in_place};
  std::list<Owned> open_;
  std::optional<Error> earlier_error_;
  std::optional<rg::Evidence<Flr>> earlier_evidence_;
  std::optional<std::string> answer_;
  unsigned depth_;
  Path path_;
};

}  // namespace core_test
