#include "random_result.hpp"

#include <limits>
#include <sstream>

#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

Value draw_number() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (
      *rc::gen::weightedElement<int>({{20, 0}, {8, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}})) {
    case 0:
      return static_cast<std::int64_t>(*rc::gen::inRange(0, 40));
    case 1:
      return *rc::gen::inRange(-2'000, 2'000) / 8.0;
    case 2:
      return infinity;
    case 3:
      return std::numeric_limits<double>::quiet_NaN();
    case 4:
      return *rc::gen::element(1e308, -1e308, 5e-324);
    case 5:
      return *rc::gen::element(std::numeric_limits<std::int64_t>::max(),
                               std::numeric_limits<std::int64_t>::min());
    default:
      return -infinity;
  }
}

Value draw_cell(int kind) {
  if (*rc::gen::inRange(0, 12) == 0) return Null{};
  switch (kind) {
    case 0:
      return draw_number();
    case 1:
      return static_cast<std::int64_t>(*rc::gen::inRange(0, 30));
    case 2:
      return static_cast<std::int64_t>(*rc::gen::inRange(1990, 2025));
    case 3:
      return *rc::gen::element<std::string>("Bern", "Basel", "", "other", "a long name of a town",
                                            "Zürich", "日本語の長い名前です", "x\ny");
    case 4:
      return "20" + std::to_string(*rc::gen::inRange(10, 30)) + "-0" +
             std::to_string(*rc::gen::inRange(1, 10)) + "-1" +
             std::to_string(*rc::gen::inRange(0, 10));
    case 5:
      return *rc::gen::element<std::string>("January", "March", "May", "Dec");
    case 6:
      return Blob{"\xff"};
    case 7:
      return text::to_valid_utf8(*rc::gen::string<std::string>());
    case 8:
      return std::to_string(*rc::gen::inRange(0, 100'000));
    default:
      return draw_cell(*rc::gen::inRange(0, 9));
  }
}

std::string draw_name() {
  return *rc::gen::element<std::string>("count(*)", "SUM(price)", "avg(age)", "max(x)", "name",
                                        "id", "year", "month", "city", "price", "first_name",
                                        "last_name", "percent", "", "count(DISTINCT city)", "date",
                                        "sum(", "日付", "is_open", "x");
}

ColumnHint draw_hint() {
  ColumnHint hint;
  hint.measure = *rc::gen::element(Measure::unknown, Measure::none, Measure::count, Measure::sum,
                                   Measure::average, Measure::extremum);
  hint.key = *rc::gen::inRange(0, 6) == 0;
  hint.coverage = *rc::gen::element(Coverage::unknown, Coverage::whole, Coverage::part);
  hint.type = *rc::gen::element(ColumnType::other, ColumnType::boolean, ColumnType::text,
                                ColumnType::number, ColumnType::time);
  return hint;
}

}  // namespace

RandomResult draw_result() {
  RandomResult result;
  const int columns = *rc::gen::inRange(0, 5);
  const int rows = *rc::gen::element(0, 1, 2, 5, 9, 40);
  const bool hinted = *rc::gen::arbitrary<bool>();
  std::vector<int> kinds;
  for (int c = 0; c < columns; ++c) {
    result.table.columns.push_back(draw_name());
    kinds.push_back(*rc::gen::weightedElement<int>(
        {{6, 0}, {4, 1}, {3, 2}, {6, 3}, {4, 4}, {2, 5}, {1, 6}, {1, 7}, {1, 8}, {1, 9}}));
    if (hinted) result.hints.push_back(draw_hint());
  }
  for (int r = 0; r < rows; ++r) {
    Row row;
    for (const int kind : kinds) row.push_back(draw_cell(kind));
    result.table.rows.push_back(std::move(row));
  }
  result.table.truncated = *rc::gen::inRange(0, 8) == 0;
  result.limits.max_points = *rc::gen::element(-1, 8, 20, 1'000);
  result.limits.max_categories = *rc::gen::element(0, 2, 5, 20);
  result.limits.max_pie_slices = *rc::gen::element(2, 6);
  result.limits.max_series = *rc::gen::element(1, 2, 8);
  result.limits.max_histogram_bins = *rc::gen::element(1, 3, 30);
  result.limits.max_label_bytes = *rc::gen::element(0, 8, 120);
  return result;
}

Choice draw_choice(int columns) {
  Choice choice;
  const auto column = [&] { return *rc::gen::inRange(-1, columns + 1); };
  if (*rc::gen::arbitrary<bool>()) {
    choice.kind = static_cast<Kind>(*rc::gen::inRange(0, 13));
  }
  if (*rc::gen::arbitrary<bool>()) choice.x = column();
  if (*rc::gen::inRange(0, 3) == 0) choice.series = column();
  for (int i = *rc::gen::element(0, 0, 1, 1, 2); i > 0; --i) choice.y.push_back(column());
  return choice;
}

std::string print(const RandomResult& result) {
  std::ostringstream out;
  for (std::size_t c = 0; c < result.table.columns.size(); ++c) {
    out << result.table.columns[c];
    if (!result.hints.empty()) {
      const ColumnHint& hint = result.hints[c];
      out << " [" << static_cast<int>(hint.measure) << (hint.key ? " key" : "") << " "
          << static_cast<int>(hint.coverage) << " " << column_type_name(hint.type) << "]";
    }
    out << " | ";
  }
  for (const Row& row : result.table.rows) {
    out << "\n";
    for (const Value& value : row) out << to_display(value) << " | ";
  }
  const Limits& limits = result.limits;
  out << "\nlimits " << limits.max_points << " " << limits.max_categories << " "
      << limits.max_pie_slices << " " << limits.max_series << " " << limits.max_histogram_bins
      << " " << limits.max_label_bytes << "\n";
  return out.str();
}

}  // namespace idi::chart
