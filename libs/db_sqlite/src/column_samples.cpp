#include "column_samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/core/value.hpp"
#include "idi/temporal/time_encoding.hpp"

namespace idi::db_sqlite {
namespace {

constexpr int sample_rows = 300;
/// Cells looked at per table: a table of 2 000 columns is sampled over fewer rows.
constexpr int max_sample_cells = 60'000;
constexpr int min_values_to_infer_type = 3;

struct Seen {
  std::string value;
  int count = 0;
};

/// What the sampled cells of one column have in common.
struct ColumnLook {
  std::vector<Seen> seen;
  int texts = 0;
  int numbers = 0;
  int dates = 0;     ///< Of the texts.
  int left_out = 0;  ///< Too long, or not printable: not among `seen`.
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// YYYY-MM-DD, alone or followed by a time.
bool looks_like_date(std::string_view text) {
  if (text.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : !is_digit(text[i])) return false;
  }
  return text.size() == 10 || text[10] == ' ' || text[10] == 'T';
}

bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

void look_at(const sqlite::Statement& statement, int cell, int max_bytes, ColumnLook& look) {
  const auto type = statement.type(cell);
  if (type == sqlite::CellType::null || type == sqlite::CellType::blob) return;
  if (type == sqlite::CellType::text) {
    ++look.texts;
    if (statement.byte_count(cell) > max_bytes) {
      ++look.left_out;
      return;
    }
  } else {
    ++look.numbers;
  }
  std::string value = to_display(statement.value(cell));
  if (type == sqlite::CellType::text && looks_like_date(value)) ++look.dates;
  if (value.empty()) return;
  if (!is_printable(value)) {
    ++look.left_out;
    return;
  }
  const auto known = std::find_if(look.seen.begin(), look.seen.end(),
                                  [&](const Seen& seen) { return seen.value == value; });
  if (known != look.seen.end()) {
    ++known->count;
  } else {
    look.seen.push_back({std::move(value), 1});
  }
}

ColumnType refined_type(const Column& column, const ColumnLook& look) {
  if (look.dates >= min_values_to_infer_type && look.dates == look.texts && look.numbers == 0 &&
      (column.type == ColumnType::text || column.type == ColumnType::other)) {
    return ColumnType::time;
  }
  if (column.type != ColumnType::other || look.texts + look.numbers < min_values_to_infer_type) {
    return column.type;
  }
  if (look.texts == 0) return ColumnType::number;
  return look.numbers == 0 ? ColumnType::text : column.type;
}

/// Judged by all that was seen, of which the column keeps a few. ISO texts are refined_type's.
void recognise_time(Column& column, const ColumnLook& look) {
  if (look.left_out > 0 || look.seen.empty()) return;
  Column judged = column;
  judged.sample_values.clear();
  for (const Seen& each : look.seen) judged.sample_values.push_back(each.value);
  const auto encoding = temporal::encoding_of(judged);
  if (!encoding || *encoding == TimeEncoding::native) return;
  column.type = ColumnType::time;
  column.time_encoding = *encoding;
}

std::vector<std::string> chosen_samples(const ColumnLook& look, int wanted) {
  std::vector<std::size_t> order(look.seen.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return look.seen[a].count > look.seen[b].count;
  });
  order.resize(std::min(order.size(), static_cast<std::size_t>(std::max(wanted, 0))));
  std::sort(order.begin(), order.end());
  std::vector<std::string> samples;
  for (const std::size_t index : order) samples.push_back(look.seen[index].value);
  return samples;
}

std::string sample_query(const Table& table) {
  std::string columns;
  for (const Column& column : table.columns) {
    if (!columns.empty()) columns += ',';
    columns += sqlite::quote_identifier(column.name);
  }
  const int rows = std::clamp(
      max_sample_cells / std::max(1, static_cast<int>(table.columns.size())), 20, sample_rows);
  return fmt::format("SELECT {} FROM {} LIMIT {}", columns, sqlite::quote_identifier(table.name),
                     rows);
}

std::optional<std::int64_t> single_integer(ReadingConnection& reading, const std::string& query,
                                           Deadline deadline, const std::stop_token& stop) {
  const ReadingConnection::Watch watch(reading, stop, deadline);
  auto statement = reading.handle().prepare(query);
  if (!statement) return std::nullopt;
  const auto row = statement->step();
  if (!row || !*row || statement->type(0) != sqlite::CellType::integer) return std::nullopt;
  return statement->integer(0);
}

std::optional<std::int64_t> planner_estimate(ReadingConnection& reading, const std::string& table,
                                             Deadline deadline, const std::stop_token& stop) {
  const ReadingConnection::Watch watch(reading, stop, deadline);
  // The table exists after ANALYZE only; preparing fails otherwise.
  auto statement = reading.handle().prepare(
      "SELECT stat FROM sqlite_stat1 WHERE tbl=?1 COLLATE NOCASE ORDER BY idx IS NULL DESC LIMIT "
      "1");
  if (!statement) return std::nullopt;
  statement->bind(1, std::string_view(table));
  const auto row = statement->step();
  if (!row || !*row) return std::nullopt;
  const std::string_view text = statement->text(0);
  std::int64_t rows = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), rows);
  if (parsed.ec != std::errc() || rows < 0) return std::nullopt;
  return rows;
}

}  // namespace

void add_samples(ReadingConnection& reading, const SqliteOptions& options, Deadline deadline,
                 const std::stop_token& stop, Table& table) {
  if (table.columns.empty() || options.samples_per_column <= 0) return;
  const auto patience = std::chrono::milliseconds(
      table.kind == TableKind::view ? options.view_sample_timeout_ms : options.sample_timeout_ms);
  const ReadingConnection::Watch watch(reading, stop, deadline.at_most(Deadline::after(patience)));
  auto statement = reading.handle().prepare(sample_query(table));
  if (!statement) return;
  std::vector<ColumnLook> looks(table.columns.size());
  // An error (a slow view, a damaged page) leaves what was seen before it.
  for (auto row = statement->step(); row && *row; row = statement->step()) {
    for (std::size_t i = 0; i < looks.size(); ++i) {
      look_at(*statement, static_cast<int>(i), options.max_sample_bytes, looks[i]);
    }
    if (!watch.check()) break;
  }
  for (std::size_t i = 0; i < looks.size(); ++i) {
    Column& column = table.columns[i];
    column.sample_values = chosen_samples(looks[i], options.samples_per_column);
    column.type = refined_type(column, looks[i]);
    recognise_time(column, looks[i]);
  }
}

void add_row_estimate(ReadingConnection& reading, const SqliteOptions& options, Deadline deadline,
                      const std::stop_token& stop, Table& table) {
  if (table.kind == TableKind::view) return;
  const std::string name = sqlite::quote_identifier(table.name);
  const Deadline counting =
      deadline.at_most(Deadline::after(std::chrono::milliseconds(options.count_timeout_ms)));
  table.row_estimate =
      single_integer(reading, fmt::format("SELECT count(*) FROM {}", name), counting, stop);
  if (!table.row_estimate) {
    table.row_estimate = planner_estimate(reading, table.name, deadline, stop);
  }
  if (!table.row_estimate) {
    table.row_estimate =
        single_integer(reading, fmt::format("SELECT max(rowid) FROM {}", name), deadline, stop);
  }
}

}  // namespace idi::db_sqlite
