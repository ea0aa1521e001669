#include "summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <vector>

#include "counted_rows.hpp"
#include "idi/explanation/nouns.hpp"
#include "idi/explanation/phrases.hpp"

namespace idi::engine {
namespace {

using explanation::listed;
using explanation::plural_of;
using explanation::singular_of;

constexpr std::size_t max_cell_characters = 60;
constexpr std::size_t max_described_columns = 3;

/// 1234567 → "1,234,567"; four digits stay together.
std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  if (digits.size() - sign < 5) return digits;
  for (std::size_t i = digits.size(); i > sign + 3;) digits.insert(i -= 3, ",");
  return digits;
}

/// On one line, and not endless.
std::string quoted(const std::string& text) {
  std::string out = "“";
  std::size_t characters = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++characters > max_cell_characters) return out + "…”";
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  }
  return out + "”";
}

/// Two digits after the point, or four that count; said to be rounded where it is.
std::string rounded(double number) {
  if (!std::isfinite(number)) return to_display(number);
  const bool small = std::abs(number) < 1;
  std::string text = small ? fmt::format("{:.4g}", number) : fmt::format("{:.2f}", number);
  if (!small) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return std::stod(text) == number ? text : "about " + text;
}

/// `counts`: a computed number, written with groups of digits; years and ids are not.
std::string shown(const Value& value, bool counts) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
  if (const auto* number = std::get_if<double>(&value)) return rounded(*number);
  if (const auto* number = std::get_if<std::int64_t>(&value); number && counts) {
    return grouped(*number);
  }
  return to_display(value);
}

bool is_unknown(const Value& value) { return std::holds_alternative<Null>(value); }

const ir::AggregateCall* aggregate_in(const ir::ExpressionPtr& item) {
  return std::get_if<ir::AggregateCall>(&item->node);
}

/// A column of the result, as it is spoken of.
struct Spoken {
  std::string name;     ///< "price", "count": may stand before its value.
  std::string leading;  ///< "a count of", "an average price of"; empty: the name says it.
  bool computed = false;
};

class Sentence {
 public:
  Sentence(const ResultTable& result, const ir::Query* query, const Schema& schema)
      : result_(result), query_(query), schema_(schema) {
    if (query_) tables_ = tables_of(*query_);
  }

  std::string text() const {
    if (result_.rows.empty()) return nothing();
    if (auto one = computed_alone()) return *one;
    if (!query_ && result_.rows.size() == 1 && result_.columns.size() == 1) {
      return is_unknown(cell(0)) ? "The result is unknown (NULL)."
                                 : fmt::format("The result is {}.", shown(cell(0), false));
    }
    return rows();
  }

 private:
  const Value& cell(std::size_t column) const { return result_.rows.front()[column]; }
  bool is_simple() const { return query_ && !query_->set_operator; }
  std::string condition() const {
    return explanation::condition_in_words(query_->where, schema_, tables_.size() == 1);
  }

  std::string nothing() const {
    if (is_simple() && query_->where && !query_->having) {
      return fmt::format("No rows: there is nothing where {}.", condition());
    }
    return "No rows.";
  }

  static int table_of(const ir::ExpressionPtr& item) {
    if (const auto* column = std::get_if<ColumnRef>(&item->node)) return column->table;
    if (const auto* star = std::get_if<ir::StarOf>(&item->node)) return star->table;
    return -1;
  }

  /// Joins do not count its rows twice, or that makes no difference.
  bool is_sound(const ir::AggregateCall& call) const {
    if (tables_.size() == 1 || call.distinct || call.aggregate == ir::Aggregate::min ||
        call.aggregate == ir::Aggregate::max) {
      return true;
    }
    const int table = table_of(call.argument);
    return table >= 0 && query_->where && rows_are_of(table, tables_, schema_);
  }

  /// One row of nothing but aggregates over all rows.
  std::optional<std::string> computed_alone() const {
    if (!is_simple() || !query_->group_by.empty() || query_->having || query_->limit ||
        result_.rows.size() != 1 || query_->select.size() != result_.columns.size()) {
      return std::nullopt;
    }
    for (const auto& item : query_->select) {
      const auto* call = aggregate_in(item);
      if (!call) return std::nullopt;
      if (!is_sound(*call)) return unsound();
    }
    if (query_->select.size() == 1) {
      if (auto count = counted()) return count;
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < query_->select.size(); ++i) {
      parts.push_back(fmt::format(
          "{} is {}",
          explanation::expression_in_words(query_->select[i], schema_, tables_.size() == 1),
          is_unknown(cell(i)) ? "unknown" : shown(cell(i), true)));
    }
    std::string text = query_->where ? fmt::format("Where {}, ", condition()) : std::string();
    text += listed(parts);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text + ".";
  }

  /// The number itself is true; what it counts would not be.
  std::optional<std::string> unsound() const {
    if (result_.columns.size() != 1 || is_unknown(cell(0))) return std::nullopt;
    return fmt::format("The result is {}.", shown(cell(0), true));
  }

  /// "There are 42 customers where the city is “Berlin”."
  std::optional<std::string> counted() const {
    const auto* call = aggregate_in(query_->select.front());
    const auto* star = std::get_if<ir::StarOf>(&call->argument->node);
    const auto* count = std::get_if<std::int64_t>(&cell(0));
    if (!star || !count || call->distinct || call->aggregate != ir::Aggregate::count) {
      return std::nullopt;
    }
    const int table = star->table >= 0 ? star->table : tables_.size() == 1 ? tables_[0] : -1;
    if (table < 0) return std::nullopt;
    const std::string& name = schema_.tables[static_cast<std::size_t>(table)].natural_name;
    std::string text = *count == 1 ? fmt::format("There is 1 {}", singular_of(name))
                       : *count == 0
                           ? fmt::format("There are no {}", plural_of(name))
                           : fmt::format("There are {} {}", grouped(*count), plural_of(name));
    if (query_->where) text += " where " + condition();
    return text + ".";
  }

  /// What a row stands for: a row of this table, or -1.
  int subject() const {
    if (!is_simple() || query_->distinct) return -1;
    if (!query_->group_by.empty()) return grouped_subject();
    int table = -1;
    for (const auto& item : query_->select) {
      const int own = table_of(item);
      if (own < 0 || (table >= 0 && own != table)) return -1;
      table = own;
    }
    return table >= 0 && rows_are_of(table, tables_, schema_) ? table : -1;
  }

  /// Grouped by its primary key: each group is one row of the table.
  int grouped_subject() const {
    if (query_->group_by.size() != 1) return -1;
    const auto* key = std::get_if<ColumnRef>(&query_->group_by.front()->node);
    if (!key || !schema_.column(*key).primary_key) return -1;
    const auto& columns = schema_.table_of(*key).columns;
    const auto keys = std::count_if(columns.begin(), columns.end(),
                                    [](const Column& column) { return column.primary_key; });
    return keys == 1 ? key->table : -1;
  }

  std::string how_many() const {
    const std::size_t count = result_.rows.size();
    std::string noun = count == 1 ? "row" : "rows";
    const int table = subject();
    if (table >= 0) {
      const auto& name = schema_.tables[static_cast<std::size_t>(table)].natural_name;
      noun = count == 1 && !result_.truncated ? singular_of(name) : plural_of(name);
    } else if (is_simple() && query_->distinct && query_->select.size() == 1 &&
               query_->group_by.empty()) {
      const auto* column = std::get_if<ColumnRef>(&query_->select.front()->node);
      const std::string name = column ? schema_.column(*column).natural_name : "value";
      noun =
          "different " + (count == 1 && !result_.truncated ? singular_of(name) : plural_of(name));
    }
    const std::string number = grouped(static_cast<std::int64_t>(count));
    std::string text =
        result_.truncated ? fmt::format("More than {} {}", number, noun) : number + " " + noun;
    if (is_simple() && !query_->group_by.empty() && count > 1 && table < 0) {
      std::vector<std::string> keys;
      for (const auto& key : query_->group_by) {
        keys.push_back(key_in_words(key));
      }
      text += fmt::format(", one for each {}", listed(keys));
    }
    return text;
  }

  /// "country", "store" for a store's id, "year of ordered at".
  std::string key_in_words(const ir::ExpressionPtr& key) const {
    return explanation::key_in_words(key, schema_, tables_.size() == 1);
  }

  Spoken spoken(std::size_t column) const {
    Spoken out{result_.columns[column], {}, false};
    // A star stands for several columns; then headings are all there is.
    if (!query_ || query_->select.size() != result_.columns.size()) return out;
    const auto& item = query_->select[column];
    if (const auto* plain = std::get_if<ColumnRef>(&item->node)) {
      out.name = schema_.column(*plain).natural_name;
    } else if (const auto* call = aggregate_in(item)) {
      out.computed = true;
      const auto* of = std::get_if<ColumnRef>(&call->argument->node);
      const std::string what = of ? schema_.column(*of).natural_name : std::string();
      if (call->aggregate == ir::Aggregate::count) {
        out.leading =
            call->distinct && of ? fmt::format("a count of different {} of", what) : "a count of";
      } else if (of) {
        switch (call->aggregate) {
          case ir::Aggregate::count:
            break;
          case ir::Aggregate::sum:
            out.leading = fmt::format("a sum of {} of", what);
            break;
          case ir::Aggregate::avg:
            out.leading = fmt::format("an average {} of", what);
            break;
          case ir::Aggregate::min:
            out.leading = fmt::format("a smallest {} of", what);
            break;
          case ir::Aggregate::max:
            out.leading = fmt::format("a largest {} of", what);
            break;
        }
      }
    } else if (std::holds_alternative<ir::FunctionCall>(item->node)) {
      out.name = key_in_words(item);
    }
    return out;
  }

  std::string described(std::size_t column) const {
    const Spoken as = spoken(column);
    const std::string value =
        is_unknown(cell(column)) ? "unknown" : shown(cell(column), as.computed);
    return fmt::format("{} {}", as.leading.empty() ? as.name : as.leading, value);
  }

  /// The column of the one aggregate beside one other column, in groups that are all there; or -1.
  int measured_column() const {
    if (!is_simple() || query_->group_by.empty() || query_->limit || result_.truncated ||
        result_.rows.size() < 3 || query_->select.size() != 2 || result_.columns.size() != 2) {
      return -1;
    }
    int found = -1;
    for (int c = 0; c < 2; ++c) {
      const auto* call = aggregate_in(query_->select[static_cast<std::size_t>(c)]);
      if (!call) continue;
      const bool extreme =
          call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max;
      if (found >= 0 || extreme) return -1;
      found = c;
    }
    return found;
  }

  static std::optional<double> number(const Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value); real && std::isfinite(*real)) return *real;
    return std::nullopt;
  }

  /// "25 (“Online Shop”)", of the rows that have this number.
  std::string with_its_groups(double value, std::size_t measured) const {
    std::size_t groups = 0;
    const Row* first = nullptr;
    for (const Row& row : result_.rows) {
      if (number(row[measured]) != value) continue;
      if (!first) first = &row;
      ++groups;
    }
    const Value& group = (*first)[1 - measured];
    std::string text = fmt::format("{} ({}", shown((*first)[measured], true),
                                   is_unknown(group) ? "unknown" : shown(group, false));
    if (groups > 1) text += fmt::format(" and {} more", groups - 1);
    return text + ")";
  }

  /// "the highest count is 25 (“Online Shop”), the lowest 6 (“Brussels”)": of groups, this says
  /// more than the first.
  std::optional<std::string> extremes() const {
    const int column = measured_column();
    if (column < 0) return std::nullopt;
    const auto measured = static_cast<std::size_t>(column);
    std::vector<double> numbers;
    for (const Row& row : result_.rows) {
      if (const auto value = number(row[measured])) numbers.push_back(*value);
    }
    if (numbers.size() < 2) return std::nullopt;
    const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
    std::string noun = spoken(measured).leading;
    if (*least == *most || !noun.ends_with(" of")) return std::nullopt;
    noun = noun.substr(noun.find(' ') + 1);
    noun.resize(noun.size() - 3);
    return fmt::format("the highest {} is {}, the lowest {}", noun,
                       with_its_groups(*most, measured), with_its_groups(*least, measured));
  }

  std::string rows() const {
    if (const auto measured = extremes()) return fmt::format("{}; {}.", how_many(), *measured);
    const std::size_t columns = std::min(result_.columns.size(), max_described_columns);
    const bool one = result_.rows.size() == 1 && !result_.truncated;
    const bool named = std::holds_alternative<std::string>(cell(0));
    std::vector<std::string> parts;
    for (std::size_t c = named ? 1 : 0; c < columns; ++c) parts.push_back(described(c));
    std::string text = how_many();
    if (named) {
      text += one ? ": " : "; the first is ";
      text += shown(cell(0), false);
      if (!parts.empty()) text += " with " + listed(parts);
    } else {
      text += one ? ", with " : "; the first has ";
      text += listed(parts);
    }
    return text + ".";
  }

  const ResultTable& result_;
  const ir::Query* query_;
  const Schema& schema_;
  std::vector<int> tables_;
};

}  // namespace

std::string summarize(const ResultTable& result, const ir::Query* query, const Schema& schema) {
  return Sentence(result, query, schema).text();
}

}  // namespace idi::engine
