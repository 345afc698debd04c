// A second thread that does nothing: with it, the C library's shortcuts for programs of one thread are off, as they are
// wherever a device is reset.
#pragma once

#include <chrono>
#include <semaphore>
#include <thread>

namespace bench {

class IdleThread {
 public:
  // Lets it get to where it waits: what it does until then is not to be counted.
  IdleThread() { std::this_thread::sleep_for(std::chrono::milliseconds(50)); }
  IdleThread(const IdleThread&) = delete;
  IdleThread& operator=(const IdleThread&) = delete;
  ~IdleThread() { end_.release(); }

 private:
  std::binary_semaphore end_{0};
  std::jthread thread_{[this] { end_.acquire(); }};
};

}  // namespace bench
