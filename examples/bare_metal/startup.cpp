// Before main() and beside it, for any Cortex-M: vectors, RAM, output by semihosting, and two functions that the
// compiler calls by itself.
#include <cstddef>
#include <cstdint>

int main();
void print(const char* text);

extern "C" {

extern std::uint32_t stack_top[], data_in_flash[], data_begin[], data_end[], bss_begin[], bss_end[];  // memory.ld

void* memset(void* to, int value, std::size_t size);
void* memcpy(void* to, const void* from, std::size_t size);
[[noreturn]] void start();
[[noreturn]] void fault();
}

namespace {

enum Request : std::uint32_t { write_text = 0x04, stop = 0x18 };         // Arm's semihosting: SYS_WRITE0, SYS_EXIT
enum Reason : std::uintptr_t { finished = 0x20026, crashed = 0x20023 };  // of a stop; QEMU ends with 0 and with 1

void semihosting(Request request, std::uintptr_t argument) {
  register std::uint32_t r0 asm("r0") = request;
  register std::uintptr_t r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

[[noreturn]] void end(Reason reason) {
  semihosting(stop, reason);
  while (true) {
  }
}

}  // namespace

void print(const char* text) { semihosting(write_text, reinterpret_cast<std::uintptr_t>(text)); }

// The volatile pointers keep the compiler from making a call to the function itself of its loop.
void* memset(void* to, int value, std::size_t size) {
  auto* bytes = static_cast<volatile unsigned char*>(to);
  for (std::size_t i = 0; i != size; ++i) bytes[i] = static_cast<unsigned char>(value);
  return to;
}
void* memcpy(void* to, const void* from, std::size_t size) {
  auto* bytes = static_cast<volatile unsigned char*>(to);
  for (std::size_t i = 0; i != size; ++i) bytes[i] = static_cast<const unsigned char*>(from)[i];
  return to;
}

void start() {
  const auto bytes = [](const std::uint32_t* begin, const std::uint32_t* end) {
    return reinterpret_cast<std::uintptr_t>(end) - reinterpret_cast<std::uintptr_t>(begin);
  };
  memcpy(data_begin, data_in_flash, bytes(data_begin, data_end));
  memset(bss_begin, 0, bytes(bss_begin, bss_end));
  main();
  end(finished);
}

void fault() {
  print("fault\n");
  end(crashed);
}

namespace {

struct Vectors {
  std::uint32_t* initial_stack_pointer;
  void (*reset)();
  void (*non_maskable_interrupt)();
  void (*hard_fault)();
};
[[gnu::section(".vectors"), gnu::used]] const Vectors vectors{stack_top, start, fault, fault};

}  // namespace
