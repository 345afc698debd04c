// Results of other libraries' functions, which are dropped on purpose.
#include <reset_guard/reset_guard.hpp>

#include <algorithm>
#include <memory>
#include <vector>

void caller(std::unique_ptr<int> pointer, std::vector<int>& numbers) {
  (void)pointer.release();
  (void)std::remove(numbers.begin(), numbers.end(), 0);
}
