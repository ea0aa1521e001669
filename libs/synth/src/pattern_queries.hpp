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

inline ir::Query keys_of_children(const Scene& s, ir::ConditionPtr where = nullptr) {
  return build::select({build::column(s.child_key)}, std::move(where));
}

inline ir::ConditionPtr child_is(const Scene& s) {
  return build::test(build::column(s.child_text), build::Comparison::equal,
                     build::text(s.child_text_value));
}

}  // namespace idi::synth
