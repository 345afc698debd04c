#include "page_course.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "page_text.hpp"

namespace campaign {
namespace {

constexpr std::uint64_t long_us = 1000;  // what takes as long is a break

struct Kind {
  std::string_view name;
  Sign sign;
  std::string_view label;  // before its text, or alone; empty: no label
};

constexpr Kind kinds[] = {{"config_read", Sign::read, ""},
                          {"mmio_read", Sign::read, ""},
                          {"config_write", Sign::write, ""},
                          {"mmio_write", Sign::write, ""},
                          {"map", Sign::write, ""},
                          {"unmap", Sign::write, ""},
                          {"write_lost", Sign::write, ""},
                          {"prepare", Sign::prepare, "prepare"},
                          {"done", Sign::done, "done"},
                          {"reset", Sign::reset, "reset"},
                          {"reset_held", Sign::remark, "held"},
                          {"reset_ignored", Sign::no_reset, "no reset"},
                          {"fault", Sign::fault, "fault"},
                          {"violation", Sign::remark, "violation"},
                          {"returned", Sign::remark, "back again"},
                          {"iommu_fault", Sign::remark, "DMA stopped"},
                          {"dma", Sign::remark, "DMA goes through"}};

Kind kind_of(const Moment& moment) {
  if (moment.kind == "trace") {
    if (begins_with(moment.text, "evidence")) return {"trace", Sign::verified, ""};
    if (moment.text.find(" failed: ") != std::string::npos || begins_with(moment.text, "refused")) {
      return {"trace", Sign::failed, ""};
    }
  }
  for (const Kind& kind : kinds) {
    if (kind.name == moment.kind) return kind;
  }
  return {moment.kind, moment.text.empty() || moment.kind == "sleep" ? Sign::none : Sign::remark, ""};
}

bool is_write(const Moment& moment) { return moment.kind == "config_write" || moment.kind == "mmio_write"; }

// Where the fence is open although the function is in an unknown state: it was blocked and has been touched, and either
// there is work left to do, or this is how a failed reset leaves it.
class OpenFence {
 public:
  explicit OpenFence(const TimeLine& line) {
    for (const Finding finding : line.findings) {
      if (finding == Finding::false_success || finding == Finding::unblocked_on_failure) {
        ends_badly_ = !begins_with(line.state, "reset");
      }
    }
    for (std::size_t i = 0; i != line.moments.size(); ++i) {
      if (is_work(line.moments[i])) last_work_ = i;
    }
  }

  // To be asked for each moment, in order. Returns the words for it; empty: the fence is not open.
  std::string_view words_at(std::size_t index, const Moment& moment) {
    was_blocked_ = was_blocked_ || moment.blocked;
    touched_ = touched_ || (was_blocked_ && (moment.kind == "reset" || moment.kind == "fault" || is_write(moment)));
    if (moment.blocked || !touched_) return "";
    if (index <= last_work_) return "DMA goes through during the reset";
    return ends_badly_ ? "DMA goes through after a failed reset" : "";
  }

 private:
  static bool is_work(const Moment& moment) {
    for (const char* kind : {"config_read", "mmio_read", "sleep", "reset", "reset_held", "platform"}) {
      if (moment.kind == kind) return true;
    }
    return is_write(moment);
  }

  std::size_t last_work_ = 0;
  bool ends_badly_ = false, was_blocked_ = false, touched_ = false;
};

// "fault: firmware silent"; a text with the word in it stands alone.
std::string label_of(const Kind& kind, const Moment& moment) {
  if (kind.sign == Sign::none || kind.sign == Sign::read || kind.sign == Sign::write) return "";
  if (moment.text.empty() || kind.label.empty() || moment.text.find(kind.label) != std::string::npos) {
    return moment.text.empty() ? std::string(kind.label) : moment.text;
  }
  return std::string(kind.label) + (begins_with(moment.text, "fails") ? " " : ": ") + moment.text;
}

std::string tooltip_of(const Moment& moment) {
  std::string text = moment.kind;
  if (!moment.text.empty()) text += ": " + moment.text;
  return text + ", after " + duration(moment.time_us);
}

bool is_read(const Moment& moment) { return moment.kind == "config_read" || moment.kind == "mmio_read"; }

bool same_state(const Moment& one, const Moment& other) {
  return one.depth == other.depth && one.blocked == other.blocked;
}

// The end of the poll that begins with the sleep at `begin`: after its last sleep.
std::size_t end_of_wait(const std::vector<Moment>& moments, std::size_t begin) {
  std::size_t end = begin + 1;
  for (std::size_t i = begin + 1; i != moments.size(); ++i) {
    const Moment& moment = moments[i];
    if ((moment.kind != "sleep" && !is_read(moment)) || !same_state(moment, moments[begin])) break;
    if (moment.kind == "sleep") end = i + 1;
  }
  return end;
}

}  // namespace

Course course_of(const TimeLine& line) {
  Course course;
  const std::vector<Moment>& moments = line.moments;
  Place last{0, 0};
  bool last_was_seen = false;
  bool first = true;
  OpenFence fence(line);
  std::string_view said;
  const auto place = [&](const Moment& moment, bool seen) {
    Place here{moment.time_us, 0};
    // What is not drawn happens with what is drawn at the same time: the block with its prepare.
    if (!first && last.first == moment.time_us) here.second = last.second + (seen && last_was_seen ? 1 : 0);
    last_was_seen = seen || (!first && last == here && last_was_seen);
    last = here;
    first = false;
    return here;
  };
  for (std::size_t i = 0; i != moments.size();) {
    const Moment& moment = moments[i];
    const Kind kind = kind_of(moment);
    const Place here = place(moment, kind.sign != Sign::none);
    const std::string_view open = fence.words_at(i, moment);
    course.states.push_back({here, moment.depth, moment.blocked, !open.empty()});
    if (kind.sign != Sign::none) {
      course.marks.push_back({here, kind.sign, label_of(kind, moment), tooltip_of(moment)});
    }
    if (!open.empty() && open != said) {
      course.marks.push_back({here, Sign::open_fence, std::string(open), ""});
      said = open;
    }
    if (!course.waits.empty() && course.waits.back().end == Place{}) course.waits.back().end = here;
    if (moment.kind == "sleep") {
      // Its length is written on the break: what is left to say comes after it.
      const std::size_t rest = moment.text.find(", ");
      if (rest != std::string::npos) course.waits.push_back({here, {}, moment.text.substr(rest + 2)});
      const std::size_t end = end_of_wait(moments, i);
      for (; i != end; ++i) {
        if (is_read(moments[i])) course.looks.push_back(moments[i].time_us);
      }
      continue;
    }
    ++i;
  }
  course.end = last;
  // It ends when its last sleep ends, of which only the begin is known; the looks after a sleep are later.
  if (!course.looks.empty() && course.looks.back() > last.first) course.end = {course.looks.back(), 0};
  return course;
}

Scale::Scale(const std::vector<Course>& courses, double left, double right, double narrowest_break) {
  places_.emplace_back(0, 0);
  for (const Course& course : courses) {
    for (const Mark& mark : course.marks) places_.push_back(mark.place);
    for (const State& state : course.states) places_.push_back(state.place);
    places_.push_back(course.end);
  }
  std::sort(places_.begin(), places_.end());
  places_.erase(std::unique(places_.begin(), places_.end()), places_.end());

  const auto gap = [this](std::size_t i) { return places_[i].first - places_[i - 1].first; };
  const auto break_width = [&](std::size_t i) {
    return narrowest_break * (1 + 0.22 * std::log10(static_cast<double>(gap(i)) / long_us));
  };
  double all_breaks = 0;
  std::size_t steps = 0;
  for (std::size_t i = 1; i < places_.size(); ++i) {
    if (gap(i) >= long_us) {
      all_breaks += break_width(i);
    } else {
      ++steps;
    }
  }
  // Breaks take no more than 60 % of the width; accesses no more than they need.
  const double width = right - left;
  double step = 0;
  double stretch = 1;
  if (steps == 0) {
    stretch = all_breaks == 0 ? 1 : width / all_breaks;
  } else {
    if (all_breaks > 0.6 * width) stretch = 0.6 * width / all_breaks;
    step = std::min((width - stretch * all_breaks) / static_cast<double>(steps), all_breaks == 0 ? 40.0 : 15.0);
    if (all_breaks != 0) stretch = (width - step * static_cast<double>(steps)) / all_breaks;
  }
  double x = left;
  positions_.push_back(x);
  for (std::size_t i = 1; i < places_.size(); ++i) {
    const bool is_break = gap(i) >= long_us;
    const double next = x + (is_break ? stretch * break_width(i) : step);
    if (is_break) breaks_.push_back({x, next, gap(i), places_[i].first});
    x = next;
    positions_.push_back(x);
  }
}

double Scale::at(Place place) const {
  const auto found = std::lower_bound(places_.begin(), places_.end(), place);
  if (found == places_.end()) return positions_.back();
  return positions_[static_cast<std::size_t>(found - places_.begin())];
}

double Scale::at(std::uint64_t time_us) const {
  const auto found = std::lower_bound(places_.begin(), places_.end(), Place{time_us, 0});
  if (found == places_.end()) return positions_.back();
  const auto after = static_cast<std::size_t>(found - places_.begin());
  if (after == 0 || places_[after].first == time_us) return positions_[after];
  const auto begin = static_cast<double>(places_[after - 1].first);
  const double share = (static_cast<double>(time_us) - begin) / (static_cast<double>(places_[after].first) - begin);
  return positions_[after - 1] + share * (positions_[after] - positions_[after - 1]);
}

namespace {

double begin_of(const Label& label) { return label.to_the_left ? label.x - label.width : label.x; }

bool meet(const Label& one, const Label& other) {
  constexpr double air = 10;
  constexpr double air_of_line = 6;
  const double begin = begin_of(one);
  const double other_begin = begin_of(other);
  if (one.row == other.row) {
    return begin < other_begin + other.width + air && other_begin < begin + one.width + air;
  }
  // The line of the lower one passes the text of the upper one.
  const Label& upper = one.row < other.row ? one : other;
  const Label& lower = one.row < other.row ? other : one;
  const double upper_begin = begin_of(upper);
  return lower.x != upper.x && lower.x > upper_begin - air_of_line && lower.x < upper_begin + upper.width + air_of_line;
}

// One try: from the label `split` on, their texts are on the left; before it, on the right; unless they would run out
// there. Texts on the left stand below those before them, texts on the right below those after them: then no line of
// one side passes a text of the same side.
class Placing {
 public:
  Placing(std::vector<Label> labels, double left, double right, std::size_t split, bool left_ones_first)
      : labels_(std::move(labels)), left_(left), right_(right) {
    if (left_ones_first) place_left_ones(split);
    for (std::size_t i = split; i-- != 0;) place(labels_[i], false);
    if (!left_ones_first) place_left_ones(split);
  }

  bool is_better_than(const Placing& other) const {
    return std::tie(crossed_, rows_) < std::tie(other.crossed_, other.rows_);
  }
  const std::vector<Label>& labels() const noexcept { return labels_; }
  std::size_t rows() const noexcept { return rows_; }

 private:
  void place_left_ones(std::size_t split) {
    for (std::size_t i = split; i != labels_.size(); ++i) place(labels_[i], true);
  }

  // By how much it would run out on that side.
  double excess(Label label, bool to_the_left) const {
    label.to_the_left = to_the_left;
    return std::max(0.0, left_ - begin_of(label)) + std::max(0.0, begin_of(label) + label.width - right_);
  }

  void place(Label& label, bool to_the_left) {
    const bool best_side = excess(label, !to_the_left) < excess(label, to_the_left) ? !to_the_left : to_the_left;
    for (const bool side : {best_side, !best_side}) {
      label.to_the_left = side;
      if (excess(label, side) > excess(label, best_side)) continue;
      for (label.row = 0; label.row <= rows_; ++label.row) {
        if (std::none_of(placed_.begin(), placed_.end(), [&](const Label* other) { return meet(label, *other); })) {
          return placed(label);
        }
      }
    }
    ++crossed_;  // in a row of its own at least
    label.to_the_left = best_side;
    label.row = rows_;
    placed(label);
  }

  void placed(const Label& label) {
    placed_.push_back(&label);
    rows_ = std::max(rows_, label.row + 1);
  }

  std::vector<Label> labels_;
  const double left_, right_;
  std::vector<const Label*> placed_;
  std::size_t rows_ = 0;
  std::size_t crossed_ = 0;
};

}  // namespace

std::size_t place_labels(std::vector<Label>& labels, double left, double right) {
  std::optional<Placing> best;
  for (std::size_t split = labels.size() + 1; split-- != 0;) {
    for (const bool left_ones_first : {true, false}) {
      Placing placing(labels, left, right, split, left_ones_first);
      if (!best || placing.is_better_than(*best)) best.emplace(std::move(placing));
    }
  }
  labels = best->labels();
  return best->rows();
}

}  // namespace campaign
