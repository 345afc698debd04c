// A viewer's part: goes through the trace as json.md says, and holds each event against what the ones before it left.
#pragma once

#include "run_json.hpp"

#include <map>
#include <optional>
#include <tuple>

namespace program_test {

class Replay {
 public:
  explicit Replay(const Json& function) : own_(function.at("address")) {
    const Json& reset = function.at("reset");
    for (const Json& event : reset.at("events")) step(event);
    if (open_ != 0) fault("a scope is still open");
    if (prepared_) fault("a prepare without its done");
    if (reset.at("blocked") != blocked_) fault("the report's `blocked` is not the last event's");
    if (reset.at("attempted") != (prepares_ != 0)) fault("the report's `attempted` is not what was called");
    if (prepares_ > 1) fault("more than one prepare");
  }

  const Words& faults() const { return faults_; }

 private:
  using Key = std::tuple<std::string, bool, unsigned>;  // function, behind a BAR, byte

  void fault(const std::string& what) { faults_.push_back(own_ + " at " + std::to_string(time_) + " us: " + what); }

  void step(const Json& event) {
    const long time = event.at("time_us");
    if (time < time_) fault("back in time");
    time_ = time;
    const std::string kind = event.at("kind");
    if (event.at("function") == own_) {
      hooks(event, kind);
      if (kind == "trace") scopes(event);
      levels(event);
    } else if (event.at("depth") != 0 || event.at("blocked") != false) {
      fault("a port with a scope or a block");
    }
    registers(event, kind);
  }

  void hooks(const Json& event, const std::string& kind) {
    if (kind == "iommu_block") blocked_ = true;
    if (kind == "iommu_unblock") blocked_ = false;
    if (kind == "prepare") {
      ++prepares_;
      if (prepared_) fault("prepare in prepare");
      prepared_ = event.at("error").is_null();
      depth_ = 1;
    }
    if (kind == "done") {
      if (!prepared_) fault("done without prepare");
      prepared_ = false;
      if (open_ != 0) fault("done inside a scope");
    }
  }

  void scopes(const Json& event) {
    const std::string trace = event.at("trace");
    const unsigned level = event.at("depth");
    if (trace == "prepared" && !event.at("error").is_null()) depth_ = 0;
    if (trace == "entered") {
      if (level != open_ + 1) fault("a scope opens at the wrong level");
      if (!prepared_) fault("a scope opens without prepare");
      depth_ = open_ = level;
    }
    if (trace == "finished") {
      if (level != open_) fault("a scope ends at the wrong level");
      ended_ = true;
    }
  }

  void levels(const Json& event) {
    // A fault in a hook strikes before the hook's own event.
    if (event.at("depth") != depth_ && event.at("kind") != "fault")
      fault("depth " + event.at("depth").dump() + ", not " + std::to_string(depth_));
    if (event.at("blocked") != blocked_) fault("blocked is wrong");
    if (ended_) depth_ = --open_;
    ended_ = false;
  }

  void registers(const Json& event, const std::string& kind) {
    const std::string function = event.at("function");
    if (kind == "reset" || kind == "returned") {
      std::erase_if(known_, [&](const auto& entry) { return std::get<0>(entry.first) == function; });
    }
    if (!event.contains("register") || kind == "write_lost") return;
    const Json& at = event.at("register");
    const unsigned offset = at.at("offset"), width = at.at("width");
    const bool mmio = kind.rfind("mmio", 0) == 0, write = kind == "config_write" || kind == "mmio_write";
    const std::uint32_t before = event.at("before"), after = event.at("after");
    // All ones: nobody answered. A status register changes by itself.
    const bool nobody = !write && after == 0xffffffffu >> (32 - 8 * width);
    const bool by_itself = !write && (mmio || (at.at("name").is_string() && contains(at.at("name"), "Status")));
    if (nobody) return;
    for (unsigned i = 0; i != width; ++i) {
      const Key key{function, mmio, offset + i};
      const auto byte = static_cast<std::uint8_t>(before >> (8 * i));
      const auto known = known_.find(key);
      if (known != known_.end() && known->second != byte && !by_itself) fault("not what was there: " + event.dump());
      known_[key] = static_cast<std::uint8_t>(after >> (8 * i));
    }
  }

  const std::string own_;
  Words faults_;
  long time_ = 0;
  unsigned depth_ = 0;  // what the events should say
  unsigned open_ = 0;   // scopes
  bool ended_ = false;
  bool prepared_ = false, blocked_ = false;
  unsigned prepares_ = 0;
  std::map<Key, std::uint8_t> known_;
};

inline Words faults_of_replay(const Json& report) {
  Words faults;
  for (const Json& function : report.at("functions")) faults = faults + Replay(function).faults();
  return faults;
}

}  // namespace program_test
