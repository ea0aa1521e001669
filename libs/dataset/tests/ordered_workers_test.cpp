#include "ordered_workers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <numeric>

namespace idi::dataset {
namespace {

TEST(OrderedWorkers, ConsumesInOrderWhateverTheThreads) {
  for (const int threads : {1, 2, 5}) {
    std::vector<int> seen;
    const Status status = run_in_order<int>(
        200, threads, 8,
        [](std::size_t i) -> Result<int> {
          std::this_thread::sleep_for(std::chrono::microseconds((i * 7919) % 300));
          return static_cast<int>(i);
        },
        [&seen](std::size_t i, int&& product) -> Status {
          EXPECT_EQ(static_cast<int>(i), product);
          seen.push_back(product);
          return {};
        });
    ASSERT_TRUE(status.has_value());
    std::vector<int> all(200);
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(seen, all);
  }
}

TEST(OrderedWorkers, RunsAheadByTheBoundOnly) {
  std::atomic<std::size_t> produced{0};
  std::size_t most_ahead = 0;
  const Status status = run_in_order<int>(
      100, 3, 4,
      [&produced](std::size_t) -> Result<int> {
        ++produced;
        return 0;
      },
      [&](std::size_t i, int&&) -> Status {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        most_ahead = std::max(most_ahead, produced.load() - i);
        return {};
      });
  ASSERT_TRUE(status.has_value());
  EXPECT_LE(most_ahead, 1U + 4U);
}

TEST(OrderedWorkers, AnErrorOfEitherSideEndsAll) {
  std::atomic<int> produced{0};
  const auto fault = [] { return make_error(ErrorCode::cancelled, "stop"); };
  Status status = run_in_order<int>(
      1'000'000, 2, 4,
      [&](std::size_t i) -> Result<int> {
        ++produced;
        if (i == 20) return fault();
        return 0;
      },
      [](std::size_t, int&&) -> Status { return {}; });
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::cancelled);
  EXPECT_LT(produced, 100);

  status = run_in_order<int>(
      1'000'000, 2, 4, [](std::size_t) -> Result<int> { return 0; },
      [&](std::size_t i, int&&) -> Status {
        if (i == 5) return fault();
        return {};
      });
  EXPECT_FALSE(status.has_value());
  EXPECT_TRUE(run_in_order<int>(
                  0, 2, 4, [](std::size_t) -> Result<int> { return 0; },
                  [](std::size_t, int&&) -> Status { return {}; })
                  .has_value());
}

}  // namespace
}  // namespace idi::dataset
