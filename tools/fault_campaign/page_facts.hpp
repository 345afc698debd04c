// What a time line says in words: what failed, what was reported, what became of the device, and the verdict on it.
#pragma once

#include <string>
#include <vector>

#include "page_course.hpp"
#include "report.hpp"

namespace campaign {

struct Judgement {
  std::string words;
  bool good;
};

struct Fact {
  const char* name;
  std::string text;
  bool heavy;
};

bool blocked_at_end(const TimeLine& line);

// As the campaign judged it. If the line does not say how, what can be seen in it: that is enough to call it dishonest,
// and not enough to call it honest.
Judgement judgement_of(const TimeLine& line);

std::vector<Fact> facts_of(const Comparison& comparison, const TimeLine& line);

// All of it, for those who do not see the picture.
std::string description_of(const std::vector<Fact>& facts, const Course& course, const Judgement& judgement);

}  // namespace campaign
