// HOLE 12: a result that holds a reference
// EXPECT all: A A
// MESSAGE A: reset_guard: Result<T> holds a value
#include "device.hpp"

unsigned long first() { return sizeof(rg::Result<Device&>); }  // BAD
// GOOD: unsigned long first() { return sizeof(rg::Result<Device*>); }

unsigned long second() { return sizeof(rg::Result<const int&>); }  // BAD
// GOOD: unsigned long second() { return sizeof(rg::Result<int>); }
