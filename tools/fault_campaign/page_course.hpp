// Where the moments of a run stand in a picture. Accesses take a microsecond and waits take seconds, so time is not to
// scale: each access gets a width of its own, and each long wait becomes a break with its length written on it. The
// runs of one comparison share the scale, so that what happens at the same time stands one above the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "report.hpp"

namespace campaign {

enum class Sign : std::uint8_t {
  none,
  read,
  write,
  prepare,
  done,
  reset,
  no_reset,
  verified,
  fault,
  failed,
  remark,
  open_fence,  // words alone: the bar shows it
};

// A place on the scale: several things may happen at one time, one after the other.
using Place = std::pair<std::uint64_t, unsigned>;

struct Mark {
  Place place;
  Sign sign;
  std::string label;    // stands beside it; most have none
  std::string tooltip;  // says what it is
};

// From here on it is so.
struct State {
  Place place;
  unsigned depth;
  bool blocked;
  bool exposed;  // an open fence: DMA goes through during the reset, or after one that failed
};

// Time that passes, with what is to be said about it: "751 looks".
struct Wait {
  Place begin;
  Place end;
  std::string text;
};

struct Course {
  std::vector<Mark> marks;
  std::vector<State> states;
  std::vector<std::uint64_t> looks;  // at a register, between two sleeps: thousands, drawn where they fall
  std::vector<Wait> waits;           // those with words
  Place end;
};

Course course_of(const TimeLine& line);

class Scale {
 public:
  struct Break {
    double left, right;
    std::uint64_t length_us, end_us;
  };

  Scale(const std::vector<Course>& courses, double left, double right, double narrowest_break);

  double at(Place place) const;
  double at(std::uint64_t time_us) const;
  const std::vector<Break>& breaks() const noexcept { return breaks_; }

 private:
  std::vector<Place> places_;  // in order, each with its position
  std::vector<double> positions_;
  std::vector<Break> breaks_;
};

// A label hangs from its mark by a line, left- or right-aligned, in a row where it meets neither text nor line.
struct Label {
  double x;
  double width;
  std::string text;
  bool important = false;
  bool bad = false;
  bool to_the_left = false;
  std::size_t row = 0;
};

// For labels in order, from left to right. Returns the number of rows.
std::size_t place_labels(std::vector<Label>& labels, double left, double right);

}  // namespace campaign
