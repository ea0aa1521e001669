#include "difference.hpp"

#include <algorithm>

#include "idi/core/text.hpp"
#include "item_ids.hpp"
#include "joins.hpp"
#include "shape.hpp"
#include "wording.hpp"

namespace idi::clarification {
namespace {

using link::LinkedQuestion;

/// Where one mention stands in place of another.
struct Exchange {
  Mention first, second;
};

std::vector<Exchange> exchanges(const Shape& first, const Shape& second) {
  std::vector<Exchange> found;
  for (std::size_t i = 0; i < first.mentions.size() && i < second.mentions.size(); ++i) {
    if (first.mentions[i].column != second.mentions[i].column) {
      found.push_back({first.mentions[i], second.mentions[i]});
    }
  }
  return found;
}

Doubt unspecific(const LinkedQuestion& question) {
  return {Ambiguity::reading, id_of(Ambiguity::reading, question_id(question)), {}, {}};
}

/// The cell that is looked for in both columns, as the question has it.
std::optional<Phrase> cell_words(const LinkedQuestion& question, const std::string& text) {
  const std::string folded = text::fold_case(text);
  for (const auto& value : question.values) {
    const bool is_it = text::fold_case(value.text) == folded ||
                       std::any_of(value.cells.begin(), value.cells.end(), [&](const auto& cell) {
                         return text::fold_case(cell) == folded;
                       });
    const bool is_there = value.token_begin >= 0 && value.token_begin < value.token_end &&
                          value.token_end <= token_count(question);
    if (is_it && is_there) return Phrase{value.token_begin, value.token_end};
  }
  return std::nullopt;
}

class Comparer {
 public:
  Comparer(const ir::Query& first, const ir::Query& second, const LinkedQuestion& question,
           const Schema& schema)
      : first_(first), second_(second), question_(question), schema_(schema) {}

  std::optional<Doubt> compare() const {
    const Shape first = shape_of(first_, schema_);
    const Shape second = shape_of(second_, schema_);
    if (first.named == second.named) return std::nullopt;
    if (first.pattern == second.pattern) {
      if (auto doubt = of_names(exchanges(first, second))) return doubt;
    }
    const Aspects no_joins{false, true};
    const Shape first_core = shape_of(first_, schema_, no_joins);
    const Shape second_core = shape_of(second_, schema_, no_joins);
    if (first_core.named == second_core.named) return of_joins();
    if (first_core.pattern == second_core.pattern) {
      if (auto doubt = of_names(exchanges(first_core, second_core))) return doubt;
    }
    return of_measure();
  }

 private:
  std::optional<Doubt> of_names(const std::vector<Exchange>& found) const {
    const auto same_pair = [&](const Exchange& one) {
      return one.first.column == found.front().first.column &&
             one.second.column == found.front().second.column;
    };
    const auto same_tables = [&](const Exchange& one) {
      return one.first.column.table == found.front().first.column.table &&
             one.second.column.table == found.front().second.column.table;
    };
    if (found.empty()) return std::nullopt;
    const bool of_columns =
        found.front().first.column.column >= 0 && found.front().second.column.column >= 0;
    if (of_columns && std::all_of(found.begin(), found.end(), same_pair)) return of_columns_(found);
    if (!std::all_of(found.begin(), found.end(), same_tables)) return std::nullopt;
    if (auto doubt = of_tables(found.front())) return doubt;
    return of_cells(found);
  }

  /// A cell of two tables: what else differs follows from it.
  std::optional<Doubt> of_cells(const std::vector<Exchange>& found) const {
    for (const auto& [first, second] : found) {
      if (first.equals.empty() || first.column.column < 0 || second.column.column < 0) continue;
      const auto phrase = cell_words(question_, first.equals);
      if (!phrase) continue;
      return columns(Ambiguity::value, words_of(question_, *phrase), *phrase, first.column,
                     second.column);
    }
    return std::nullopt;
  }

  std::optional<Doubt> of_columns_(const std::vector<Exchange>& found) const {
    const ColumnRef a = found.front().first.column;
    const ColumnRef b = found.front().second.column;
    if (is_time(schema_, a) && is_time(schema_, b)) {
      if (auto doubt = of_dates(found)) return doubt;
    }
    const auto equals = [](const Exchange& one) { return one.first.equals; };
    if (std::all_of(found.begin(), found.end(),
                    [&](const auto& one) { return !equals(one).empty(); })) {
      if (const auto phrase = cell_words(question_, equals(found.front()))) {
        return columns(Ambiguity::value, words_of(question_, *phrase), *phrase, a, b);
      }
    }
    if (const auto phrase = shared_words(question_, a, b)) {
      return columns(Ambiguity::column, stems_of(question_, *phrase), *phrase, a, b);
    }
    return of_measure();
  }

  std::optional<Doubt> of_dates(const std::vector<Exchange>& found) const {
    const ColumnRef a = found.front().first.column;
    const ColumnRef b = found.front().second.column;
    const bool looked_at = std::any_of(found.begin(), found.end(), [](const auto& one) {
      return one.first.compared || one.first.in_function || one.first.site == Site::order;
    });
    const auto phrase = time_words(question_);
    if (!looked_at || !phrase) return std::nullopt;
    if (is_named(question_, schema_, a, {b}) || is_named(question_, schema_, b, {a}))
      return std::nullopt;
    const bool with_table = a.table != b.table;
    return Doubt{Ambiguity::date,
                 date_id(schema_, {a, b}),
                 *phrase,
                 {column_option(schema_, a, with_table), column_option(schema_, b, with_table)}};
  }

  Doubt columns(Ambiguity ambiguity, const std::string& rest, Phrase phrase, ColumnRef a,
                ColumnRef b) const {
    const bool with_table = a.table != b.table;
    return {ambiguity,
            id_of(ambiguity, short_id(rest)),
            phrase,
            {column_option(schema_, a, with_table), column_option(schema_, b, with_table)}};
  }

  std::optional<Doubt> of_tables(const Exchange& one) const {
    const int a = one.first.column.table;
    const int b = one.second.column.table;
    const auto phrase = shared_words(question_, a, b);
    if (a == b || !phrase) return std::nullopt;
    return Doubt{Ambiguity::table,
                 id_of(Ambiguity::table, short_id(stems_of(question_, *phrase))),
                 *phrase,
                 {table_option(a), table_option(b)}};
  }

  Option table_option(int table) const {
    const auto& comment = schema_.tables[static_cast<std::size_t>(table)].comment;
    return {table_id(schema_, table), table_words(schema_, table), shown(comment)};
  }

  std::optional<Doubt> of_joins() const {
    const auto first = connection_of(first_, schema_);
    const auto second = connection_of(second_, schema_);
    if (!first || !second || first->id == second->id) return std::nullopt;
    std::string one = connection_words(*first, *second, schema_);
    std::string two = connection_words(*second, *first, schema_);
    if (one.empty() || two.empty()) return std::nullopt;
    return Doubt{Ambiguity::join,
                 id_of(Ambiguity::join, tables_id(schema_, core_tables(first_, schema_))),
                 {},
                 {{first->id, std::move(one), {}}, {second->id, std::move(two), {}}}};
  }

  std::optional<Doubt> of_measure() const {
    const auto best = superlative(question_);
    if (!best || first_.order_by.empty() || second_.order_by.empty()) return std::nullopt;
    const Aspects no_measure{true, false};
    if (shape_of(first_, schema_, no_measure).named !=
        shape_of(second_, schema_, no_measure).named) {
      return std::nullopt;
    }
    auto one = measure_option(*first_.order_by.front().expression);
    auto two = measure_option(*second_.order_by.front().expression);
    if (one.label.empty() || two.label.empty() || one.id == two.id) return std::nullopt;
    return Doubt{Ambiguity::measure,
                 id_of(Ambiguity::measure, short_id(best->stems)),
                 best->phrase,
                 {std::move(one), std::move(two)}};
  }

  Option measure_option(const ir::Expression& expression) const {
    return {short_id(shape_of(expression, schema_).named),
            shown(measure_words(expression, schema_), 150),
            {}};
  }

  const ir::Query& first_;
  const ir::Query& second_;
  const LinkedQuestion& question_;
  const Schema& schema_;
};

}  // namespace

Doubt doubt_between(const ir::Query& first, const ir::Query& second, const LinkedQuestion& question,
                    const Schema& schema) {
  auto doubt = Comparer(first, second, question, schema).compare();
  return doubt ? std::move(*doubt) : unspecific(question);
}

}  // namespace idi::clarification
