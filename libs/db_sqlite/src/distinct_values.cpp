#include "distinct_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {

/// How many texts are counted for each one that is wanted.
constexpr std::int64_t counted_per_wanted = 4;
/// In a column of which most values are unique, further rows would tell little.
constexpr std::int64_t rows_per_wanted = 100;

struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

using Counts = std::unordered_map<std::string, std::int64_t, ViewHash, std::equal_to<>>;

Result<Counts> count_texts(ReadingConnection& reading, const std::string& query,
                           const DistinctLimits& limits, std::stop_token stop) {
  const ReadingConnection::Watch watch(reading, std::move(stop), limits.deadline);
  Counts counts;
  auto statement = reading.handle().prepare(query);
  if (!statement) return watch.explain(statement.error());
  const auto max_counted = static_cast<std::size_t>(limits.max_values * counted_per_wanted);
  const std::int64_t enough_rows = limits.max_values * rows_per_wanted;
  for (std::int64_t rows = 0; rows < enough_rows || counts.size() < max_counted; ++rows) {
    const auto row = statement->step();
    if (!row) return watch.explain(row.error());
    if (!*row) break;
    const std::string_view text = statement->text(0);
    if (std::ssize(text) > limits.max_value_bytes) continue;
    if (const auto found = counts.find(text); found != counts.end()) {
      ++found->second;
    } else if (counts.size() < max_counted) {
      counts.emplace(text, 1);
    }
  }
  IDI_CHECK(watch.check_unchanged());
  return counts;
}

}  // namespace

Result<std::vector<std::string>> distinct_texts(ReadingConnection& reading,
                                                const std::string& table, const std::string& column,
                                                const DistinctLimits& limits,
                                                std::stop_token stop) {
  if (limits.max_values <= 0) return std::vector<std::string>{};
  const std::string name = sqlite::quote_identifier(column);
  // typeof looks at the record's header only: numbers and blobs are never loaded.
  const std::string query = fmt::format("SELECT {0} FROM {1} WHERE typeof({0})='text'", name,
                                        sqlite::quote_identifier(table));
  IDI_TRY(const Counts counts, count_texts(reading, query, limits, std::move(stop)));

  std::vector<std::pair<std::string_view, std::int64_t>> ranked(counts.begin(), counts.end());
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  std::vector<std::string> values;
  std::int64_t bytes = 0;
  for (const auto& [value, count] : ranked) {
    if (std::int64_t(values.size()) >= limits.max_values) break;
    bytes += static_cast<std::int64_t>(value.size());
    if (bytes > limits.max_result_bytes) break;
    values.push_back(text::to_valid_utf8(value));
  }
  return values;
}

}  // namespace idi::db_sqlite
