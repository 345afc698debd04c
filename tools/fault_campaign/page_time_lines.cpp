// The time lines: one picture for each run, in words on the left and as a course on the right. Each is drawn twice, for
// wide windows and for telephones, so that neither has to shrink its letters.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "page_course.hpp"
#include "page_facts.hpp"
#include "page_parts.hpp"
#include "page_text.hpp"
#include "svg.hpp"

namespace campaign {
namespace {

struct Size {
  const char* name;
  double width;
  double words;       // the column of words; 0: above the course
  double left;        // where the course begins, right of its rows' names
  double afterwards;  // the zone at its end that says what became of it
  double letters;
  double narrowest_break;
  bool numbered;  // labels are numbers, explained below
};
constexpr Size wide{"wide", 1120, 290, 366, 92, 14, 48, false};
constexpr Size narrow{"narrow", 324, 0, 60, 62, 13, 26, true};

constexpr double level = 15;  // of the staircase
constexpr double bar_height = 18;
constexpr double small_letters = 12.5;

class Lane {
 public:
  Lane(const Size& size, const Scale& scale, unsigned levels, std::string id)
      : size_(size), scale_(scale), levels_(levels), id_(std::move(id)) {}

  std::string draw(const Comparison& comparison, const TimeLine& line, const Course& course) {
    svg_.hatch(id_ + "-exposed", "hatch-line", 6);
    svg_.hatch(id_ + "-break", "break-line", 4);
    const Judgement judgement = judgement_of(line);
    const std::vector<Fact> facts = facts_of(comparison, line);
    words(line, facts, judgement);
    const double words_end = y_;
    y_ = size_.words != 0 ? 0 : y_ + 10;
    draw_course(course, blocked_at_end(line));
    const double height = std::max(y_, words_end) + 14;
    return svg_.whole(size_.width, height, std::string("lane ") + size_.name, id_,
                      std::string(to_string(line.variant)) + ": " + comparison.title,
                      description_of(facts, course, judgement));
  }

 private:
  double right() const { return size_.width - size_.afterwards; }

  void words(const TimeLine& line, const std::vector<Fact>& facts, const Judgement& judgement) {
    const std::string name = to_string(line.variant);
    y_ = 22;
    svg_.text(0, y_, name, "name");
    const std::string verdict = (judgement.good ? "\u2713 " : "\u2715 ") + judgement.words;
    const double tag_width = text_width(verdict, 12) + 16;
    const double width = size_.words == 0 ? size_.width : size_.words;
    double tag = 1.1 * text_width(name, 17) + 12;  // it is bold
    if (size_.words != 0 || tag + tag_width > width) {
      tag = 0;
      y_ += 24;
    }
    svg_.rect(tag + 0.5, y_ - 15.5, tag_width, 20, judgement.good ? "tag-good" : "tag-bad");
    svg_.text(tag + 0.5 + tag_width / 2, y_ - 1.5, verdict, judgement.good ? "tag-good-text" : "tag-bad-text",
              "middle");
    y_ += 8;
    constexpr double indent = 78;
    for (const Fact& fact : facts) {
      y_ += 17;
      svg_.text(0, y_, fact.name, "fact");
      const std::vector<std::string> lines = wrapped(fact.text, width - indent, size_.letters);
      for (std::size_t i = 0; i != lines.size(); ++i) {
        if (i != 0) y_ += 16;
        svg_.text(indent, y_, lines[i], fact.heavy ? "value heavy" : "value");
      }
    }
  }

  void draw_course(const Course& course, bool blocked) {
    const double end = scale_.at(course.end) + 9;  // right of the last sign
    const double axis = y_ + 18;
    const double ground = axis + 10 + level * levels_;
    const double fence = ground + 9;
    const double work = fence + bar_height + 8;
    const double bottom = work + 24;
    breaks(course, axis, bottom);
    svg_.text(right() + 6, axis - 5, size_.numbered ? "after" : "afterwards", "small quiet");
    svg_.line(right(), axis - 12, right(), bottom, "edge");

    names(ground, fence, work);
    staircase(course, end, ground);
    inner_resets(course, ground);
    fences(course, end, fence, blocked);
    svg_.line(size_.left, bottom - 1, end, bottom - 1, "base");
    for (const std::uint64_t look : looks_of(course)) tick(scale_.at(look), bottom - 1, 6, "tick");
    for (const Wait& wait : course.waits) {
      const double left = scale_.at(wait.begin);
      const double right_end = scale_.at(wait.end);
      const double width = text_width(wait.text, small_letters);
      if (width + 12 > right_end - left) continue;
      svg_.text((left + right_end) / 2, bottom - 9, wait.text, "small quiet label", "middle");
    }
    for (const Mark& mark : course.marks) sign(mark, scale_.at(mark.place), bottom - 1);
    svg_.line(end, ground - level * levels_, end, bottom + 3, "stop");
    y_ = bottom;
    labels(course);
  }

  // Thousands of looks become a row of ticks that can be told apart.
  std::vector<std::uint64_t> looks_of(const Course& course) const {
    std::vector<std::uint64_t> looks;
    double last = -1;
    for (const std::uint64_t look : course.looks) {
      const double x = scale_.at(look);
      if (x < last + 3) continue;
      last = x;
      looks.push_back(look);
    }
    return looks;
  }

  void breaks(const Course& course, double axis, double bottom) {
    for (const Scale::Break& each : scale_.breaks()) {
      svg_.rect(each.left, axis, each.right - each.left, bottom - axis, "break", id_ + "-break");
      const std::string length = duration(each.length_us);
      if (each.end_us > course.end.first) continue;
      const std::string span =
          "M" + Svg::of(each.left + 1) + " " + Svg::of(axis - 3) + "v6m0 -3H" + Svg::of(each.right - 1) + "m0 -3v6";
      svg_.path(span, "span");
      if (text_width(length, small_letters) < each.right - each.left + 6) {
        svg_.text((each.left + each.right) / 2, axis - 5, length, "small", "middle");
      }
    }
  }

  void names(double ground, double fence, double work) {
    const double x = size_.left - 24;
    for (unsigned i = 0; i <= levels_; ++i) {
      svg_.text(size_.left - 10, ground - level * i + 4, std::to_string(i), "small quiet", "end");
      svg_.line(size_.left, ground - level * i, right(), ground - level * i, "grid");
    }
    svg_.text(x, ground + 4, "depth", "small", "end");
    svg_.text(size_.left - 10, fence + bar_height - 5, "DMA", "small", "end");
    svg_.text(size_.left - 10, work + 19, "access", "small", "end");
  }

  void staircase(const Course& course, double end, double ground) {
    const auto y = [&](unsigned depth) { return Svg::of(ground - level * std::min(depth, levels_)); };
    std::string stairs = "M" + Svg::of(size_.left) + " " + Svg::of(ground);
    unsigned depth = 0;
    for (const State& state : course.states) {
      if (state.depth == depth) continue;
      depth = state.depth;
      stairs += "H" + Svg::of(scale_.at(state.place)) + "V" + y(depth);
    }
    stairs += "H" + Svg::of(end);
    svg_.path(stairs + "V" + Svg::of(ground) + "Z", "under-stairs");
    svg_.path(stairs, "stairs");
  }

  // The outermost reset has no sign here: its prepare and done have theirs below.
  void inner_resets(const Course& course, double ground) {
    const double half = size_.numbered ? 3 : 4.5;
    unsigned depth = 0;
    for (const State& state : course.states) {
      const bool begins = state.depth > depth;
      for (unsigned i = std::max(1u, std::min(depth, state.depth)); i < std::min(levels_, std::max(depth, state.depth));
           ++i) {
        const double base = ground - level * (i + 0.5) + (begins ? half : -half);
        svg_.path("M" + Svg::of(scale_.at(state.place) - half) + " " + Svg::of(base) + "h" + Svg::of(2 * half) + "l" +
                      Svg::of(-half) + " " + Svg::of(begins ? -2 * half : 2 * half) + "z",
                  begins ? "prepare" : "done", begins ? "an inner reset begins" : "an inner reset ends");
      }
      depth = state.depth;
    }
  }

  void fences(const Course& course, double end, double top, bool blocked) {
    double from = size_.left;
    State is{{}, 0, false, false};
    svg_.rect(size_.left, top, size_.width - 1 - size_.left, bar_height, "open");
    const auto piece = [&](double to, bool last) {
      const double until = last ? size_.width - 1 : to;
      if (is.blocked) svg_.rect(from, top, until - from, bar_height, "blocked");
      if (is.exposed) svg_.rect(from, top, until - from, bar_height, "exposed", id_ + "-exposed");
      const char* word = is.blocked ? "blocked" : "goes through";
      if (to - from > text_width(word, small_letters) + 24) chip((from + to) / 2, top, word, is);
    };
    for (const State& state : course.states) {
      if (state.blocked == is.blocked && state.exposed == is.exposed) continue;
      const double x = scale_.at(state.place);
      piece(x, false);
      from = x;
      is = state;
    }
    piece(end, true);
    // What became of it is said in words too, whatever room the course has left.
    is.blocked = blocked;
    const char* word = blocked ? "blocked" : size_.numbered ? "open" : "goes through";
    chip(right() + size_.afterwards / 2, top, word, is);
  }

  void chip(double middle, double top, const char* word, const State& state) {
    const double width = text_width(word, small_letters);
    if (!state.blocked) svg_.rect(middle - width / 2 - 3, top + 2, width + 6, bar_height - 4, "chip");
    const char* style = state.blocked ? "small on-blocked" : state.exposed ? "small bad" : "small";
    svg_.text(middle, top + bar_height - 5, word, style, "middle");
  }

  void tick(double x, double bottom, double height, const char* style) {
    svg_.line(x, bottom, x, bottom - height, style);
  }

  void sign(const Mark& mark, double x, double bottom) {
    const auto path = [&](const std::string& course, const char* style) { svg_.path(course, style, mark.tooltip); };
    const auto move = [&](double dx, double y) { return "M" + Svg::of(x + dx) + " " + Svg::of(y); };
    switch (mark.sign) {
      case Sign::none:
      case Sign::open_fence: return;
      case Sign::read: return path(move(0, bottom) + "v-8", "tick");
      case Sign::write: return path(move(0, bottom) + "v-17", "tick strong");
      case Sign::prepare: return path(move(-6, bottom - 3) + "h12l-6 -12z", "prepare");
      case Sign::done: return path(move(-6, bottom - 15) + "h12l-6 12z", "done");
      case Sign::reset: return path(move(0, bottom - 18) + "l7 8l-7 8l-7 -8z", "reset");
      case Sign::no_reset: return path(move(0, bottom - 18) + "l7 8l-7 8l-7 -8z", "no-reset");
      case Sign::verified: return path(move(-6, bottom - 9) + "l4 5l8 -11", "verified");
      case Sign::failed: return path(move(-5, bottom - 14) + "l10 10m0 -10l-10 10", "failed");
      case Sign::fault: return path(move(3, bottom - 22) + "l-8 12h6l-3 11l9 -14h-6l4 -9z", "fault");
      case Sign::remark: return path(move(-3, bottom - 9) + "a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z", "remark");
    }
  }

  void labels(const Course& course) {
    std::vector<Label> labels;
    std::vector<const Mark*> marks;
    for (const Mark& mark : course.marks) {
      if (mark.label.empty()) continue;
      marks.push_back(&mark);
      std::string text = size_.numbered ? std::to_string(marks.size()) : mark.label;
      const double room = size_.width - size_.left - 8;
      const std::vector<std::string> lines = wrapped(text, room, small_letters);
      if (lines.size() > 1) text = lines.front() + "\u2026";
      Label label{scale_.at(mark.place), text_width(text, small_letters) + 4, text};
      label.important = mark.sign == Sign::fault || mark.sign == Sign::open_fence;
      label.bad = mark.sign == Sign::open_fence;
      labels.push_back(std::move(label));
    }
    const double top = y_;
    const std::size_t rows = place_labels(labels, size_.left, size_.width);
    constexpr double row_height = 16;
    const auto base_of = [&](const Label& label) { return top + 16 + row_height * static_cast<double>(label.row); };
    // All lines first: where one has to cross a text, the text stays legible.
    for (const Label& label : labels) svg_.line(label.x, top + 2, label.x, base_of(label) + 2, "leader");
    for (const Label& label : labels) {
      svg_.text(label.x + (label.to_the_left ? -4 : 4), base_of(label), label.text,
                label.bad         ? "small label heavy bad"
                : label.important ? "small label heavy"
                                  : "small label",
                label.to_the_left ? "end" : "start");
    }
    y_ = top + 4 + row_height * static_cast<double>(rows);
    if (size_.numbered) explain(marks);
  }

  void explain(const std::vector<const Mark*>& marks) {
    y_ += 4;
    for (std::size_t i = 0; i != marks.size(); ++i) {
      const Mark& mark = *marks[i];
      const std::string text = mark.label + ", after " + duration(mark.place.first);
      y_ += 17;
      svg_.text(18, y_, std::to_string(i + 1), "small heavy", "end");
      const std::vector<std::string> lines = wrapped(text, size_.width - 26, small_letters);
      for (std::size_t j = 0; j != lines.size(); ++j) {
        if (j != 0) y_ += 15;
        svg_.text(26, y_, lines[j],
                  mark.sign == Sign::open_fence ? "small heavy bad"
                  : mark.sign == Sign::fault    ? "small heavy"
                                                : "small");
      }
    }
  }

  const Size& size_;
  const Scale& scale_;
  const unsigned levels_;
  const std::string id_;
  Svg svg_;
  double y_ = 0;
};

std::string lanes(const Comparison& comparison, std::size_t index, const std::vector<Course>& courses,
                  const Size& size) {
  unsigned levels = 1;
  for (const Course& course : courses) {
    for (const State& state : course.states) levels = std::max(levels, state.depth);
  }
  const Scale scale(courses, size.left, size.width - size.afterwards - 20, size.narrowest_break);
  std::string text;
  for (std::size_t i = 0; i != courses.size(); ++i) {
    const std::string id = std::string(size.name) + "-" + std::to_string(index) + "-" + std::to_string(i);
    text += Lane(size, scale, std::min(levels, 6u), id).draw(comparison, comparison.lines[i], courses[i]);
  }
  return text;
}

std::string symbol(const char* words, std::string_view drawing) {
  return "<li><svg class=\"symbol\" viewBox=\"0 0 36 24\" aria-hidden=\"true\">" + std::string(drawing) +
         "</svg><span>" + words + "</span></li>\n";
}

std::string legend(const std::string& id) {
  const auto pattern = [&](const char* name, const char* style, const char* size) {
    return "<pattern id=\"" + id + name + "\" width=\"" + size + "\" height=\"" + size +
           "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line class=\"" + style +
           "\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"" + size + "\"/></pattern>";
  };
  const auto bar = [&](const char* style, const std::string& fill = {}) {
    return std::string("<rect class=\"") + style + "\"" +
           (fill.empty() ? "" : " style=\"fill:url(#" + id + fill + ")\"") +
           " x=\"1\" y=\"4\" width=\"34\" height=\"16\"/>";
  };
  return "<ul class=\"legend\" aria-label=\"Legend\">\n" +
         symbol(
             "<b>depth</b>: how many resets are open, one inside the other",
             "<path class=\"under-stairs\" d=\"M0 22H8V14H18V6H28V14H36V22Z\"/><path class=\"stairs\" d=\"M0 22H8V14H"
             "18V6H28V14H36\"/>") +
         symbol("<b>blocked</b>: the IOMMU stops the device\u2019s DMA", bar("blocked")) +
         symbol("<b>open</b>: its DMA goes through", bar("open")) +
         symbol("<b>open fence</b>: DMA goes through during the reset, or after one that failed",
                "<defs>" + pattern("-exposed", "hatch-line", "6") + "</defs>" + bar("exposed", "-exposed")) +
         symbol("<b>prepare</b> is called: block; on the stairs: an inner reset begins",
                "<path class=\"prepare\" d=\"M12 18h12l-6 -12z\"/>") +
         symbol("<b>done</b> is called: unblock, or not; on the stairs: an inner reset ends",
                "<path class=\"done\" d=\"M12 6h12l-6 12z\"/>") +
         symbol("the device is reset", "<path class=\"reset\" d=\"M18 4l7 8l-7 8l-7 -8z\"/>") +
         symbol("a reset was asked for, and did not happen", "<path class=\"no-reset\" d=\"M18 4l7 8l-7 8l-7 -8z\"/>") +
         symbol("<b>verified</b>: there is evidence of a step", "<path class=\"verified\" d=\"M12 12l4 5l8 -11\"/>") +
         symbol("the injected <b>fault</b> strikes",
                "<path class=\"fault\" d=\"M21 1l-8 12h6l-3 11l9 -14h-6l4 -9z\"/>") +
         symbol("a step <b>failed</b>", "<path class=\"failed\" d=\"M13 7l10 10m0 -10l-10 10\"/>") +
         symbol("another step that is worth a word",
                "<path class=\"remark\" d=\"M15 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z\"/>") +
         symbol("a register is read (short) or written (long)",
                "<path class=\"base\" d=\"M0 22H36\"/><path class=\"tick\" d=\"M8 22v-8M14 22v-8M26 22v-8\"/>"
                "<path class=\"tick strong\" d=\"M20 22v-17M32 22v-17\"/>") +
         symbol("a <b>long wait</b>, drawn short, has its length above it; an access takes a microsecond",
                "<defs>" + pattern("-break", "break-line", "4") + "</defs><rect class=\"break\" style=\"fill:url(#" +
                    id +
                    "-break)\" x=\"4\" y=\"4\" width=\"28\" height=\"20\"/><path class=\"span\" d=\"M4 1v6m0 "
                    "-3H32m0 -3v6\"/>") +
         symbol("the run ends; as its DMA is then, it stays", "<path class=\"stop\" d=\"M18 2V22\"/>") + "</ul>\n";
}

}  // namespace

std::string comparison_figure(const Comparison& comparison, std::size_t index) {
  std::vector<Course> courses;
  courses.reserve(comparison.lines.size());
  for (const TimeLine& line : comparison.lines) courses.push_back(course_of(line));
  const std::string id = "comparison-" + std::to_string(index);
  std::string text = "<figure id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">\n<figcaption><h3 id=\"" + id +
                     "-title\">" + escaped(comparison.title) + "</h3>\n<p><b>Injected fault:</b> " +
                     escaped(comparison.faults) + ". <b>Subject:</b> " + escaped(name_of_subject(comparison.subject)) +
                     ", " + escaped(name_of_nesting(comparison.nesting)) + ".</p>" +
                     (comparison.note.empty() ? "" : "<p>" + escaped(comparison.note) + "</p>") + "</figcaption>\n";
  // The first figure's legend is open; the others have theirs at hand.
  text += std::string("<details class=\"signs\"") + (index == 0 ? " open" : "") +
          "><summary>What the signs mean</summary>\n" + legend("legend-" + std::to_string(index)) + "</details>\n";
  text += "<div class=\"scroll\">\n" + lanes(comparison, index, courses, wide) + "</div>\n";
  return text + "<div class=\"narrow-lanes\">\n" + lanes(comparison, index, courses, narrow) + "</div>\n</figure>\n";
}

}  // namespace campaign
