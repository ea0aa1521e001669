#include "visualizer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "overloaded.hpp"
#include "result_shape.hpp"
#include "understanding/chart_request.hpp"

namespace idi::engine {
namespace {

using chart::ColumnHint;
using chart::Measure;

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

/// What a select item's columns are made by; a star has several.
void append_hints(const ir::Expression& item, const Schema& schema,
                  std::vector<ColumnHint>& hints) {
  ColumnHint hint;
  hint.measure = Measure::none;
  std::visit(Overloaded{[&](ColumnRef column) {
                          hint.key = is_key(column, schema);
                          hints.push_back(hint);
                        },
                        [&](ir::StarOf star) {
                          for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
                            if (star.table >= 0 && t != star.table) continue;
                            const auto& columns =
                                schema.tables[static_cast<std::size_t>(t)].columns;
                            for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
                              hint.key = is_key({t, c}, schema);
                              hints.push_back(hint);
                            }
                          }
                        },
                        [&](const ir::AggregateCall& call) {
                          hint.measure = measure_of(call);
                          const auto* column = std::get_if<ColumnRef>(&call.argument->node);
                          const bool same_values = call.aggregate == ir::Aggregate::min ||
                                                   call.aggregate == ir::Aggregate::max;
                          hint.key = column && same_values && is_key(*column, schema);
                          hints.push_back(hint);
                        },
                        [&](const ir::Binary&) {
                          hint.measure = Measure::unknown;
                          hints.push_back(hint);
                        },
                        [&](const auto&) { hints.push_back(hint); }},
             item.node);
}

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
    for (const auto& item : query->select) append_hints(*item, schema, hints);
    // What is not as expected is not known.
    if (hints.size() != result.columns.size()) hints.clear();
  }
  hints.resize(result.columns.size());
  const auto types = shape_of(result);
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
