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
[[nodiscard]] inline bool is_between(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
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
