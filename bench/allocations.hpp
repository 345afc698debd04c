// Every allocation of the program is counted: malloc() and its relatives are replaced, and operator new calls them.
#pragma once

namespace bench {

extern unsigned long allocations;

}  // namespace bench
