// Runs `produce(i)` for i = 0 … count-1 on several threads and hands the products to `consume` in
// order, on the calling thread. Workers run at most `max_ahead` products before the consumer, which
// bounds memory. The first error, of either side, ends everything and is returned.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::dataset {

template <typename Product>
[[nodiscard]] Status run_in_order(std::size_t count, int threads, std::size_t max_ahead,
                                  const std::function<Result<Product>(std::size_t)>& produce,
                                  const std::function<Status(std::size_t, Product&&)>& consume) {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0, consumed = 0;      // guarded by mutex, as are the rest
  std::map<std::size_t, Product> waiting;  // produced, not yet consumed
  std::optional<Error> failure;

  const auto work = [&] {
    for (;;) {
      std::size_t mine = 0;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return failure || next >= count || next < consumed + max_ahead; });
        if (failure || next >= count) return;
        mine = next++;
      }
      auto product = produce(mine);
      const std::lock_guard lock(mutex);
      if (product) {
        waiting.emplace(mine, std::move(*product));
      } else if (!failure) {
        failure = product.error();
      }
      changed.notify_all();
    }
  };

  std::vector<std::jthread> workers;
  for (int i = 0; i < threads; ++i) workers.emplace_back(work);
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<Product> product;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return failure || waiting.contains(i); });
      if (failure) break;
      product = std::move(waiting.extract(i).mapped());
      consumed = i + 1;
    }
    changed.notify_all();
    if (Status status = consume(i, std::move(*product)); !status) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = status.error();
      changed.notify_all();
      break;
    }
  }
  workers.clear();  // joins
  if (failure) return *failure;
  return {};
}

}  // namespace idi::dataset
