// One variant, named by the build: compiled once for each, so that each can have options of its own and no variant
// changes how another one is inlined.
#include "variant.hpp"

#include BENCH_HEADER

namespace bench {

[[maybe_unused]] static const bool listed = (variants().push_back(erase<BENCH_CLASS>()), true);

}  // namespace bench
