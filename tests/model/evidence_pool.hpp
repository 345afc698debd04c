// The evidence that a program has had and not used: the library's, and what the model knows of it.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "program.hpp"
#include "reference_model.hpp"
#include "steps.hpp"

namespace random_programs {

// What a scope is finished with, as each side knows it.
template <class... S>
struct Claimed {
  rg::Verdict<S...> verdict;
  reference::Claim model;
  int device;  // whose evidence it is
};

class EvidencePool {
 public:
  // Evidence for several steps is kept as evidence for the first.
  template <class First, class... Rest>
  void keep([[maybe_unused]] rg::Evidence<First, Rest...> done, const reference::Evidence& model, int device) {
    if constexpr (First::id != d0 && First::id != d3) {  // no verdict asks for these
      pool<First>().push_back({rg::Evidence<First>(std::move(done)), model, device});
    }
  }

  // Takes out what the operation ends with, for a scope of this device with the verdict S; nothing if there is none.
  template <class... S>
  std::optional<Claimed<S...>> take(int device, const Op& op) {
    return take(static_cast<const rg::Evidence<S...>*>(nullptr), device, op);
  }

 private:
  template <class S>
  struct Kept {
    std::optional<rg::Evidence<S>> evidence;
    reference::Evidence model;
    int device;
  };
  template <class S>
  using Pool = std::vector<Kept<S>>;

  std::tuple<Pool<Flr>, Pool<Bus>, Pool<Ack>, Pool<Specific>> pools_{};

  template <class S>
  Pool<S>& pool() {
    return std::get<Pool<S>>(pools_);
  }

  template <class S>
  Kept<S>* choose(int device, const Op& op) {
    Kept<S>* newest = nullptr;
    std::vector<Kept<S>*> all;
    for (Kept<S>& kept : pool<S>()) {
      if (!kept.evidence) continue;
      all.push_back(&kept);
      if (kept.device == device) newest = &kept;
    }
    if (op.end == End::right) return newest;
    return all.empty() ? nullptr : all[all.size() - 1 - std::size_t(op.pick) % all.size()];
  }

  // Evidence for S from evidence for other steps.
  template <class... S, class From>
  static std::optional<Claimed<S...>> use(Kept<From>* kept) {
    if (kept == nullptr) return {};
    rg::Verdict<S...> verdict = rg::Evidence<S...>(std::move(*kept->evidence));
    kept->evidence.reset();
    return Claimed<S...>{std::move(verdict), {kept->model, {}}, kept->device};
  }
  template <class... S, class From, class With>
  static std::optional<Claimed<S...>> use(Kept<From>* kept, Kept<With>* with) {
    if (kept == nullptr || with == nullptr) return {};
    auto joined = rg::join(std::move(*kept->evidence), std::move(*with->evidence));
    kept->evidence.reset();
    with->evidence.reset();
    reference::Claim model{reference::join(kept->model, with->model), {}};
    if (!model.evidence) model.error = reference::Error{"invalid_evidence", 0, "join"};
    if (joined.failed()) return Claimed<S...>{std::move(joined).error(), model, kept->device};
    return Claimed<S...>{rg::Evidence<S...>(std::move(joined).take()), model, kept->device};
  }

  std::optional<Claimed<Flr>> take(const rg::Evidence<Flr>*, int device, const Op& op) {
    if (op.end == End::mixed) return use<Flr>(choose<Flr>(device, op), choose<Ack>(device, op));
    return use<Flr>(choose<Flr>(device, op));
  }
  std::optional<Claimed<Bus>> take(const rg::Evidence<Bus>*, int device, const Op& op) {
    if (op.end == End::mixed) return use<Bus>(choose<Bus>(device, op), choose<Flr>(device, op));
    return use<Bus>(choose<Bus>(device, op));
  }
  std::optional<Claimed<Flr, Ack>> take(const rg::Evidence<Flr, Ack>*, int device, const Op& op) {
    return use<Flr, Ack>(choose<Flr>(device, op), choose<Ack>(device, op));
  }
  std::optional<Claimed<Specific>> take(const rg::Evidence<Specific>*, int device, const Op& op) {
    if (op.end == End::mixed) return use<Specific>(choose<Flr>(device, op), choose<Bus>(device, op));
    if (op.pick % 3 == 1) return use<Specific>(choose<Bus>(device, op));
    if (op.pick % 3 == 2) return use<Specific>(choose<Specific>(device, op));
    return use<Specific>(choose<Flr>(device, op));
  }
};

}  // namespace random_programs
