// A picture in inline SVG, built piece by piece. Colours are the page's: a piece has a class, never a colour.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "page_text.hpp"

namespace campaign {

class Svg {
 public:
  void line(double x1, double y1, double x2, double y2, std::string_view style) {
    out_ += "<line class=\"" + std::string(style) + "\" x1=\"" + of(x1) + "\" y1=\"" + of(y1) + "\" x2=\"" + of(x2) +
            "\" y2=\"" + of(y2) + "\"/>\n";
  }

  void rect(double x, double y, double width, double height, std::string_view style, std::string_view fill = {}) {
    out_ += "<rect class=\"" + std::string(style) + "\" x=\"" + of(x) + "\" y=\"" + of(y) + "\" width=\"" + of(width) +
            "\" height=\"" + of(height) + "\"" +
            (fill.empty() ? "" : " style=\"fill:url(#" + std::string(fill) + ")\"") + "/>\n";
  }

  // The tooltip is for those who point at it; nothing is said there only.
  void path(std::string_view course, std::string_view style, std::string_view tooltip = {}) {
    out_ += "<path class=\"" + std::string(style) + "\" d=\"" + std::string(course) + "\"";
    out_ += tooltip.empty() ? "/>\n" : "><title>" + escaped(tooltip) + "</title></path>\n";
  }

  void text(double x, double y, std::string_view text, std::string_view style, std::string_view anchor = "start") {
    out_ += "<text class=\"" + std::string(style) + "\" x=\"" + of(x) + "\" y=\"" + of(y) + "\"" +
            (anchor == "start" ? "" : " text-anchor=\"" + std::string(anchor) + "\"") + ">" + escaped(text) +
            "</text>\n";
  }

  // A pattern that the page's patterns are filled with; its name is the document's, so each picture has its own.
  void hatch(std::string_view name, std::string_view style, double distance) {
    const std::string size = of(distance);
    out_ += "<defs><pattern id=\"" + std::string(name) + "\" width=\"" + size + "\" height=\"" + size +
            "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line class=\"" + std::string(style) +
            "\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"" + size + "\"/></pattern></defs>\n";
  }

  // With what is said about it to those who do not see it. `name` makes the ids.
  std::string whole(double width, double height, std::string_view style, std::string_view name, std::string_view title,
                    std::string_view description) const {
    const std::string id(name);
    return "<svg class=\"" + std::string(style) + "\" viewBox=\"0 0 " + of(width) + " " + of(height) +
           "\" role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-text\">\n<title id=\"" + id + "-title\">" +
           escaped(title) + "</title>\n<desc id=\"" + id + "-text\">" + escaped(description) + "</desc>\n" + out_ +
           "</svg>\n";
  }

  static std::string of(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    std::string short_text = text;
    if (short_text.size() > 2 && short_text.compare(short_text.size() - 2, 2, ".0") == 0) {
      short_text.resize(short_text.size() - 2);
    }
    return short_text;
  }

 private:
  std::string out_;
};

}  // namespace campaign
