// Text for the page: escaped, with numbers for people, and broken into lines that fit into a picture.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace campaign {

// Safe in HTML, in its attributes, and in inline SVG. Control characters, which HTML does not have, become U+FFFD.
std::string escaped(std::string_view text);

std::string number(std::uint64_t value);                           // "12 345", with a narrow no-break space
std::string percent(std::uint64_t part, std::uint64_t whole);      // "2.7 %"; what is not 0 does not read as 0
std::string duration(std::uint64_t microseconds);                  // "1 µs", "250 ms", "15 s"
std::string counted(std::uint64_t count, std::string_view thing);  // "1 run", "12 runs"

// How wide a text is drawn, at most. No font is asked: it is an estimate on the wide side of the usual sans serifs.
double text_width(std::string_view text, double size) noexcept;

// Broken at spaces into lines that fit; a word that does not fit by itself is broken anywhere.
std::vector<std::string> wrapped(std::string_view text, double width, double size);

bool begins_with(std::string_view text, std::string_view start) noexcept;

}  // namespace campaign
