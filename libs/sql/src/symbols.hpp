// The words of the token language and how they map to the tree's enumerations.
#pragma once

#include <string_view>

#include "idi/sql/ir.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::ir {

/// "order_desc", "avg", …
[[nodiscard]] std::string_view symbol_name(Symbol symbol);

[[nodiscard]] inline Symbol shifted(Symbol first, int offset) {
  return static_cast<Symbol>(static_cast<int>(first) + offset);
}
[[nodiscard]] inline int offset_from(Symbol first, Symbol symbol) {
  return static_cast<int>(symbol) - static_cast<int>(first);
}
[[nodiscard]] inline Symbol symbol_of(Function function) {
  return function <= Function::day
             ? shifted(Symbol::year, static_cast<int>(function))
             : shifted(Symbol::quarter,
                       static_cast<int>(function) - static_cast<int>(Function::quarter));
}
[[nodiscard]] inline bool is_between(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
}

[[nodiscard]] inline bool is_function(Symbol symbol) {
  return is_between(symbol, Symbol::year, Symbol::day) ||
         is_between(symbol, Symbol::quarter, Symbol::date);
}
/// REQUIRES: is_function(symbol).
[[nodiscard]] inline Function function_of(Symbol symbol) {
  return symbol <= Symbol::day ? static_cast<Function>(offset_from(Symbol::year, symbol))
                               : static_cast<Function>(offset_from(Symbol::quarter, symbol) +
                                                       static_cast<int>(Function::quarter));
}
[[nodiscard]] inline bool is_over(Symbol symbol) {
  return is_between(symbol, Symbol::share, Symbol::growth);
}

struct OperatorName {
  Comparison op;
  bool negated;
  Symbol symbol;
};
/// Every (comparison, negation) pair that there is.
[[nodiscard]] const OperatorName* find_operator(Comparison op, bool negated);
[[nodiscard]] const OperatorName* find_operator(Symbol symbol);

}  // namespace idi::ir
