// Results of gold queries, computed once for each database file and query, shared by all threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "idi/core/result.hpp"
#include "idi/core/value.hpp"

namespace idi::eval {

using SharedResult = std::shared_ptr<const Result<ResultTable>>;

class GoldResults {
 public:
  /// Past `max_bytes` (estimated) the memory starts anew; results in use stay alive.
  explicit GoldResults(std::int64_t max_bytes) : max_bytes_(max_bytes) {}

  /// The remembered result, or compute()'s. A thread that needs what another computes waits for it.
  [[nodiscard]] SharedResult get(const std::string& key,
                                 const std::function<Result<ResultTable>()>& compute);

 private:
  struct Entry {
    std::once_flag once;
    SharedResult result;
  };

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Entry>> entries_;
  std::int64_t bytes_ = 0;
  const std::int64_t max_bytes_;
};

/// A rough count of the memory that a result takes.
[[nodiscard]] std::int64_t memory_bytes(const ResultTable& table);

}  // namespace idi::eval
