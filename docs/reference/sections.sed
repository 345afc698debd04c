# What Doxygen reads in place of a header: sed -E -f docs/reference/sections.sed HEADER
#
# The headers have plain labels in their doc comments, so that they read well as they are. Here the labels become
# Doxygen's commands. @opening, @effects, @errors and @source are aliases in docs/Doxyfile: they add no line, so that a
# warning names the header's own line.

# --- labels (tests/docs/doc_comments.py holds them to one order) ---

s,^( *///) Internal: ,\1 @private ,
s,^( *///) Requires: ,\1 @pre ,
s,^( *///) Effects: ,\1 @effects ,
s,^( *///) Returns: ,\1 @return ,
s,^( *///) Source: ,\1 @source ,

# In a list of errors the word before a parenthesis is an enumerator: a link, and a warning if there is no such one.
/^ *\/\/\/ Errors: /,/^ *(\/\/\/ Source: |[^ /])/ {
  s,^( *///) Errors: ,\1 @errors ,
  /^ *\/\/\/ / s,\b([a-z_]+) \(,@ref reset_guard::Errc::\1 "\1" (,g
}

# A header whose first line is a doc comment is for users: the line is about the file.
1 s,^/// ,/// @opening ,

# --- code that Doxygen would misunderstand ---

# The one macro that is the user's to define.
s,^#if defined\(RESET_GUARD_STRICT\),#define RESET_GUARD_STRICT\n&,

# Private bases and a private struct, which would be named all the same.
s/(,| :) private [A-Za-z:]+//g

# Step keeps its functions private and makes S its friend: for the reader that is what protected is.
s/^  friend S;/ protected:/

# The using-declarations reach into a private base: what they make public.
s/using StateMachine::depth;/constexpr unsigned depth() const noexcept;/
s/using StateMachine::epoch;/constexpr std::uint64_t epoch() const noexcept;/
s/using StateMachine::([a-z_]+);/constexpr bool \1() const noexcept;/
