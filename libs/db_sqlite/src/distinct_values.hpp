// The distinct texts of a column, for the value index.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "reading_connection.hpp"

namespace idi::db_sqlite {

struct DistinctLimits {
  std::int64_t max_values = 0;
  std::int64_t max_value_bytes = 0;   ///< Longer texts are left out.
  std::int64_t max_result_bytes = 0;  ///< Of all values together.
  Deadline deadline = Deadline::never();
};

/// Most frequent first, equally frequent ones in byte order. One pass, bounded memory: in a column
/// with many more distinct texts than asked for, those first seen late are missed, and the pass
/// ends before the table does.
Result<std::vector<std::string>> distinct_texts(ReadingConnection& reading,
                                                const std::string& table, const std::string& column,
                                                const DistinctLimits& limits, std::stop_token stop);

}  // namespace idi::db_sqlite
