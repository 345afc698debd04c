#include "json.hpp"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <ostream>

namespace campaign {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema_version = 1;

Json to_json(const Row& row) {
  Json json = {{"subject", row.subject},       {"nesting", row.nesting}, {"variant", identifier(row.variant)},
               {"operations", row.operations}, {"singles", row.singles}, {"pairs", row.pairs},
               {"all_pairs", row.all_pairs}};
  json["claims"] = row.claims;
  json["empty_claims"] = row.empty_claims;
  for (std::size_t i = 0; i != finding_count; ++i) json["found"][identifier(static_cast<Finding>(i))] = row.found[i];
  json["examples"] = Json::array();
  for (const Example& example : row.examples) {
    json["examples"].push_back({{"finding", identifier(example.finding)},
                                {"faults", example.faults},
                                {"reported", example.reported},
                                {"state", example.state}});
  }
  return json;
}

Json to_json(const TimeLine& line) {
  Json json = {{"variant", identifier(line.variant)},
               {"reported", line.reported},
               {"state", line.state},
               {"moments", Json::array()}};
  for (const Moment& moment : line.moments) {
    json["moments"].push_back({{"time_us", moment.time_us},
                               {"depth", moment.depth},
                               {"blocked", moment.blocked},
                               {"kind", moment.kind},
                               {"text", moment.text}});
  }
  return json;
}

Json to_json(const Comparison& comparison) {
  Json json = {{"title", comparison.title},   {"subject", comparison.subject}, {"nesting", comparison.nesting},
               {"faults", comparison.faults}, {"note", comparison.note},       {"lines", Json::array()}};
  for (const TimeLine& line : comparison.lines) json["lines"].push_back(to_json(line));
  return json;
}

}  // namespace

void write_json(std::ostream& out, const Report& report) {
  Json json = {{"schema", "reset_guard.campaign"},
               {"version", schema_version},
               {"machine", report.machine},
               {"seconds", report.seconds},
               {"seed", report.seed == 0 ? Json(nullptr) : Json(report.seed)},
               {"all_pairs", report.all_pairs},
               {"rows", Json::array()},
               {"comparisons", Json::array()}};
  for (const Row& row : report.rows) json["rows"].push_back(to_json(row));
  for (const Comparison& comparison : report.comparisons) json["comparisons"].push_back(to_json(comparison));
  out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace campaign
