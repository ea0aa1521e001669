// Pieces of queries that several patterns ask for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "build.hpp"
#include "scene.hpp"

namespace idi::synth {

inline build::ExpressionPtr revenue(const Scene& s) {
  return build::call(
      build::Aggregate::sum,
      build::binary(ir::Arithmetic::multiply, build::column(s.number), build::column(s.price)));
}

inline build::ExpressionPtr child_revenue(const Scene& s) {
  return build::call(build::Aggregate::sum,
                     build::binary(ir::Arithmetic::multiply, build::column(s.child_number),
                                   build::column(s.child_price)));
}

/// What rows came to: the sum of an amount, or of quantity × price where there is none.
inline build::ExpressionPtr money(ColumnRef number, ColumnRef price) {
  const auto amount = build::column(number);
  return build::call(build::Aggregate::sum,
                     price.table < 0
                         ? amount
                         : build::binary(ir::Arithmetic::multiply, amount, build::column(price)));
}
inline build::ExpressionPtr child_money(const Scene& s) {
  return money(s.child_number, s.child_price);
}
inline build::ExpressionPtr grand_money(const Scene& s) {
  return money(s.grand_number, s.grand_price);
}

/// What a row is called by.
inline std::vector<build::ExpressionPtr> called(const Scene& s) {
  std::vector<build::ExpressionPtr> items;
  for (const ColumnRef name : s.names) items.push_back(build::column(name));
  return items;
}

inline std::vector<build::ExpressionPtr> called_and(const Scene& s, build::ExpressionPtr measure) {
  auto items = called(s);
  items.push_back(std::move(measure));
  return items;
}

inline ir::ConditionPtr in_year(ColumnRef time, const std::string& year) {
  return build::test(build::part(ir::Function::year, time), build::Comparison::equal,
                     build::number(year));
}

inline ir::ConditionPtr in_month(ColumnRef time, const std::string& month) {
  return build::test(build::part(ir::Function::month, time), build::Comparison::equal,
                     build::text(month));
}

/// One row for each [T], with what it is called by and a measure.
inline ir::Query per_row(const Scene& s, build::ExpressionPtr measure,
                         ir::ConditionPtr where = nullptr) {
  return build::grouped(build::select(called_and(s, std::move(measure)), std::move(where)),
                        {build::column(s.key)});
}
/// The [T] with the most of a measure, or the least; no limit: all of them.
inline ir::Query ranked(const Scene& s, build::ExpressionPtr measure, int limit,
                        ir::ConditionPtr where = nullptr, bool descending = true) {
  return build::ordered(
      build::grouped(build::select(called(s), std::move(where)), {build::column(s.key)}),
      std::move(measure), descending, limit);
}
/// The row that [nv] names.
inline ir::ConditionPtr named(const Scene& s) {
  std::vector<ir::ConditionPtr> parts;
  for (std::size_t i = 0; i < s.names.size(); ++i) {
    parts.push_back(build::test(build::column(s.names[i]), build::Comparison::equal,
                                build::text(s.name_values[i])));
  }
  return parts.size() == 1 ? parts.front()
                           : std::make_shared<ir::Condition>(ir::Condition{ir::And{parts}});
}
inline ir::ConditionPtr text_is(const Scene& s) {
  return build::test(build::column(s.text), build::Comparison::equal, build::text(s.text_value));
}

inline ir::Query keys_of_children(const Scene& s, ir::ConditionPtr where = nullptr) {
  return build::select({build::column(s.child_key)}, std::move(where));
}

inline ir::ConditionPtr child_is(const Scene& s) {
  return build::test(build::column(s.child_text), build::Comparison::equal,
                     build::text(s.child_text_value));
}

}  // namespace idi::synth
