// A path of calls as a program that compiles: closure_device.hpp has its device and its steps.
#pragma once

#include <string>

#include "closure_world.hpp"

namespace closure {

class Printer {
 public:
  static const char* begin() {
    return "#include \"closure_device.hpp\"  // in tests/model\n"
           "using namespace closure;\n"
           "int main() {\n"
           "  static Nic nic, other{rg::ResetState(1000)};\n"
           "  static Before before(nic, other);\n"
           "  nic.talks = true;\n";
  }
  // What explore_closure --start many begins with.
  static const char* many() {
    return "  static std::optional<Owned> s1 = enter(nic);\n"
           "  for (unsigned i = 0; i != many_failures; ++i) {\n"
           "    s1->overrule(Flr::fail_in(*s1, here(Errc::io, 1))).discard(\"it is accepted\");\n"
           "  }\n";
  }
  // With the device as it is: one that is in mid-reset would trap when destroyed.
  static const char* end() { return "  std::fflush(stdout);\n  std::_Exit(0);\n}\n"; }
  // The call that the world is about to make.
  static std::string line(const World& world, const Call& call) { return Printer(world, call).print(); }

 private:
  Printer(const World& world, const Call& call)
      : world_(world), call_(call), number_(std::to_string(world.number + 1)) {}

  std::string print() const { return "\n" + hook() + "  " + statement() + "\n"; }

  // What the hook does, if it does not just succeed.
  std::string hook() const {
    if (call_.reply == Reply::succeeds && call_.inside == Inside::nothing) return "";
    const bool answers = call_.inside != Inside::nothing && call_.inside != Inside::touches;
    const std::string before = answers ? "  static std::optional<Answer> b" + number_ + ";\n" : "";
    return before + "  nic.hook = [](const rg::Outcome*) -> rg::Status {\n" + inside() + "    return " + reply() +
           ";\n  };\n";
  }
  std::string inside() const {
    const bool ends = call_.op == Op::finish;
    const std::string object = ends ? scope(call_.at) : scope(ended);
    const std::string emplace = "    b" + number_ + ".emplace(";
    switch (call_.inside) {
      case Inside::nothing: return "";
      case Inside::enters: return emplace + "Owned::enter(nic));\n";
      case Inside::releases: return emplace + "rg::release_quarantine(nic, \"a test\"));\n";
      case Inside::passes: return emplace + "Flr::in(*" + object + ", true));\n";
      case Inside::fails: return emplace + "Flr::fail_in(*" + object + ", here(Errc::io, " + number_ + ")));\n";
      case Inside::touches: return "    " + object + "->touch();\n";
      case Inside::overrules:
        return world_.hands[0].there ? emplace + object + "->overrule(" + name(world_.hands[0]) + "));\n" : "";
      case Inside::finishes_ended:
        return emplace + "finish<Flr>(*" + scope(ended) + ", here(Errc::unsupported, " + number_ + ")));\n";
      case Inside::finishes: return emplace + "finish<Flr>(*" + object + ", here(Errc::io, " + number_ + ")));\n";
      case Inside::finishes_well: return emplace + "finish<Flr>(*" + object + ", evidence(*" + object + ", true)));\n";
    }
    return "";
  }
  std::string reply() const {
    switch (call_.reply) {
      case Reply::succeeds: return "rg::ok()";
      case Reply::fails: return "here(Errc::no_memory, " + number_ + ")";
      case Reply::unsupported: return "here(Errc::unsupported, " + number_ + ")";
      case Reply::unfenced: return "here(Errc::unfenced, " + number_ + ")";
      case Reply::refusal: return "*b" + number_ + "->error";
    }
    return "";
  }

  std::string statement() const {
    const std::string answer = "static Answer a" + number_;
    const std::string through = "*" + scope(call_.at);
    switch (call_.op) {
      case Op::enter: return "static std::optional<Owned> s" + number_ + " = enter(nic);";
      case Op::pass: return answer + "(" + step() + "::in(" + through + ", " + shows(What::shown) + "));";
      case Op::fail: return answer + "(" + step() + "::fail_in(" + through + ", " + error() + "));";
      case Op::chip:
        return answer + "(Ack::run_for(*" + scope(world_.depth() - 1) + ", 1, std::optional<rg::Error>(" +
               (call_.what == What::none ? "" : error()) + ")));";
      case Op::touch: return scope(call_.at) + "->touch();";
      case Op::overrule: return answer + "(" + scope(call_.at) + "->overrule(" + error() + "));";
      case Op::finish: return answer + " = finish" + verdict() + "(" + through + ", " + ending(through) + ");";
      case Op::destroy: return scope(call_.at) + ".reset();";
      case Op::finish_ended: return answer + " = finish<Flr>(*" + scope(ended) + ", " + ending("") + ");";
      case Op::release: return answer + "(rg::release_quarantine(nic, \"a test\"));";
      case Op::move: return "static std::optional<Owned> s" + number_ + "(std::move(" + through + "));";
    }
    return "";
  }

  std::string scope(int at) const {
    if (at == ended) return "before.ended";
    return "s" + std::to_string(world_.entered_by[world_.order[std::size_t(at)]]);
  }
  std::string step() const { return call_.step == Name::flr ? "Flr" : call_.step == Name::bus ? "Bus" : "Ack"; }
  std::string verdict() const { return call_.step == Name::none ? "" : "<" + step() + ">"; }
  std::string shows(What what) const { return call_.what == what ? "true" : "false"; }
  template <class Thing>
  static std::string name(const Thing& thing) {
    return thing.in_hook ? "*b" + std::to_string(thing.made_by) + "->error"
                         : "*a" + std::to_string(thing.made_by) + ".error";
  }

  std::string error() const {
    const auto fresh = [this](const char* code) { return std::string("here(Errc::") + code + ", " + number_ + ")"; };
    switch (call_.what) {
      case What::io: return fresh("io");
      case What::unsupported: return fresh("unsupported");
      case What::abandoned: return fresh("abandoned");
      case What::hand: return name(world_.hands[std::size_t(call_.index)]);
      case What::dead: return world_.dead.made_by == 0 ? "*before.dead" : name(world_.dead);
      case What::dead_abandoned: return "*before.dead_abandoned";
      default: {
        const std::string real = "(" + name(world_.hands[std::size_t(call_.index)]) + ")";
        return "here(" + real + ".cause(), " + real + ".native())";
      }
    }
  }
  // What a scope is finished with.
  std::string ending(const std::string& through) const {
    const auto moved = [](const World::Kept& kept, const char* before) {
      if (kept.made_by == 0) return std::string("std::move(*before.") + before + ")";
      const std::string call = std::to_string(kept.made_by);
      return kept.in_hook ? "std::move(*b" + call + "->evidence)" : "std::move(*a" + call + ".evidence)";
    };
    switch (call_.what) {
      case What::shown:
      case What::claim: return "evidence(" + through + ", " + shows(What::shown) + ")";
      case What::kept: return moved(world_.kept[std::size_t(call_.index)], "");
      case What::stale: return moved(world_.stale, "stale");
      case What::foreign: return moved(world_.foreign, "foreign");
      default: return error();
    }
  }

  const World& world_;
  const Call& call_;
  const std::string number_;
};

}  // namespace closure
