#include "visualizer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "counted_rows.hpp"
#include "idi/chart/column_kind.hpp"
#include "idi/core/overloaded.hpp"
#include "idi/explanation/nouns.hpp"
#include "understanding/chart_request.hpp"

namespace idi::engine {
namespace {

using chart::ColumnHint;
using chart::Measure;
using explanation::plural_of;
using explanation::singular_of;

bool is_key(ColumnRef column, const Schema& schema) {
  return schema.column(column).primary_key ||
         std::any_of(schema.foreign_keys.begin(), schema.foreign_keys.end(),
                     [&](const ForeignKey& key) { return key.from == column || key.to == column; });
}

Measure measure_of(const ir::AggregateCall& call) {
  switch (call.aggregate) {
    case ir::Aggregate::count:
      return Measure::count;
    case ir::Aggregate::sum:
      return Measure::sum;
    case ir::Aggregate::avg:
      return Measure::average;
    case ir::Aggregate::min:
    case ir::Aggregate::max:
      return Measure::extremum;
  }
  return Measure::unknown;
}

/// The hints of a query's columns.
class QueryHints {
 public:
  QueryHints(const ir::Query& query, const Schema& schema)
      : query_(query), schema_(schema), tables_(tables_of(query)) {
    for (const auto& item : query.select) append(*item);
  }
  std::vector<ColumnHint> take() && { return std::move(hints_); }

 private:
  /// A star has several columns.
  void append(const ir::Expression& item) {
    ColumnHint hint;
    hint.measure = Measure::none;
    std::visit(Overloaded{[&](ColumnRef column) {
                            hint.key = is_key(column, schema_);
                            hint.label = label(column);
                            hints_.push_back(hint);
                          },
                          [&](ir::StarOf star) { append_all_of(star.table); },
                          [&](const ir::AggregateCall& call) { append(call); },
                          [&](const ir::Binary&) {
                            hint.measure = Measure::unknown;
                            hints_.push_back(hint);
                          },
                          [&](const auto&) { hints_.push_back(hint); }},
               item.node);
  }

  /// Beside other tables a "name" is that of a store.
  std::string label(ColumnRef column) const {
    if (tables_.size() < 2 || schema_.column(column).natural_name != "name") return {};
    return singular_of(schema_.table_of(column).natural_name);
  }

  void append_all_of(int table) {
    for (int t = 0; t < static_cast<int>(schema_.tables.size()); ++t) {
      if (table >= 0 && t != table) continue;
      const auto& columns = schema_.tables[static_cast<std::size_t>(t)].columns;
      for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
        ColumnHint hint;
        hint.measure = Measure::none;
        hint.key = is_key({t, c}, schema_);
        hints_.push_back(hint);
      }
    }
  }

  void append(const ir::AggregateCall& call) {
    ColumnHint hint;
    hint.measure = measure_of(call);
    hint.coverage = coverage(call);
    const auto* column = std::get_if<ColumnRef>(&call.argument->node);
    const bool same_values =
        call.aggregate == ir::Aggregate::min || call.aggregate == ir::Aggregate::max;
    hint.key = column && same_values && is_key(*column, schema_);
    const int table = aggregated_table(call, tables_);
    const bool counts_rows = call.aggregate == ir::Aggregate::count && !call.distinct && !column;
    if (counts_rows && table >= 0 && rows_are_of(table, tables_, schema_)) {
      hint.label =
          "number of " + plural_of(schema_.tables[static_cast<std::size_t>(table)].natural_name);
    }
    hints_.push_back(hint);
  }

  /// Whether the groups' counts or sums are parts of a whole that is all there.
  chart::Coverage coverage(const ir::AggregateCall& call) const {
    if (call.aggregate != ir::Aggregate::count && call.aggregate != ir::Aggregate::sum) {
      return chart::Coverage::unknown;
    }
    if (query_.limit || query_.having) return chart::Coverage::part;
    const int table = aggregated_table(call, tables_);
    const bool once = table >= 0 && rows_are_of(table, tables_, schema_);
    return !query_.set_operator && !call.distinct && once ? chart::Coverage::whole
                                                          : chart::Coverage::unknown;
  }

  const ir::Query& query_;
  const Schema& schema_;
  const std::vector<int> tables_;
  std::vector<ColumnHint> hints_;
};

std::string as_sentence(std::string text) {
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (text.back() != '.') text += '.';
  return text;
}

}  // namespace

std::vector<ColumnHint> column_hints(const ResultTable& result, const ir::Query* query,
                                     const Schema& schema) {
  std::vector<ColumnHint> hints;
  if (query) {
    hints = QueryHints(*query, schema).take();
    // What is not as expected is not known.
    if (hints.size() != result.columns.size()) hints.clear();
  }
  hints.resize(result.columns.size());
  const auto types = chart::column_types(result);
  for (std::size_t i = 0; i < hints.size(); ++i) hints[i].type = types[i];
  return hints;
}

void visualize(Answer& answer, const ir::Query* query, const Schema& schema,
               std::optional<chart::Kind> asked_for) {
  answer.column_hints = column_hints(answer.result, query, schema);
  if (asked_for) {
    chart::Choice choice;
    choice.kind = asked_for;
    auto chart = chart::make_chart(answer.result, answer.column_hints, choice);
    if (chart) {
      answer.chart = std::move(*chart);
      answer.chart_was_asked_for = true;
      return;
    }
    std::string warning =
        fmt::format("Not shown as {}: {}.", chart_in_words(*asked_for), chart.error().message);
    if (!chart.error().hint.empty()) warning += " " + as_sentence(chart.error().hint);
    answer.warnings.push_back(std::move(warning));
  }
  answer.chart = chart::choose_chart(answer.result, answer.column_hints);
}

}  // namespace idi::engine
