#include "symbols.hpp"

#include <array>

namespace idi::ir {
namespace {

constexpr std::array<std::string_view, symbol_count> names = {"end",
                                                              "distinct",
                                                              "join",
                                                              "on",
                                                              "where",
                                                              "group",
                                                              "having",
                                                              "order_asc",
                                                              "order_desc",
                                                              "limit",
                                                              "union",
                                                              "intersect",
                                                              "except",
                                                              "count",
                                                              "sum",
                                                              "avg",
                                                              "min",
                                                              "max",
                                                              "distinct_argument",
                                                              "year",
                                                              "month",
                                                              "month_number",
                                                              "day",
                                                              "add",
                                                              "subtract",
                                                              "multiply",
                                                              "divide",
                                                              "and",
                                                              "or",
                                                              "open",
                                                              "close",
                                                              "=",
                                                              "!=",
                                                              "<",
                                                              ">",
                                                              "<=",
                                                              ">=",
                                                              "like",
                                                              "like_prefix",
                                                              "like_suffix",
                                                              "not_like",
                                                              "not_like_prefix",
                                                              "not_like_suffix",
                                                              "between",
                                                              "not_between",
                                                              "in",
                                                              "not_in",
                                                              "is_null",
                                                              "not_null",
                                                              "any",
                                                              "one",
                                                              "zero",
                                                              "as_column",
                                                              "subquery",
                                                              "quarter",
                                                              "week",
                                                              "weekday",
                                                              "date",
                                                              "when",
                                                              "share",
                                                              "running",
                                                              "change",
                                                              "growth",
                                                              "per"};

constexpr std::array operators = {
    OperatorName{Comparison::equal, false, Symbol::equal},
    OperatorName{Comparison::not_equal, false, Symbol::not_equal},
    OperatorName{Comparison::less, false, Symbol::less},
    OperatorName{Comparison::greater, false, Symbol::greater},
    OperatorName{Comparison::less_equal, false, Symbol::less_equal},
    OperatorName{Comparison::greater_equal, false, Symbol::greater_equal},
    OperatorName{Comparison::like, false, Symbol::like},
    OperatorName{Comparison::like_prefix, false, Symbol::like_prefix},
    OperatorName{Comparison::like_suffix, false, Symbol::like_suffix},
    OperatorName{Comparison::like, true, Symbol::not_like},
    OperatorName{Comparison::like_prefix, true, Symbol::not_like_prefix},
    OperatorName{Comparison::like_suffix, true, Symbol::not_like_suffix},
    OperatorName{Comparison::between, false, Symbol::between},
    OperatorName{Comparison::between, true, Symbol::not_between},
    OperatorName{Comparison::in, false, Symbol::in},
    OperatorName{Comparison::in, true, Symbol::not_in},
    OperatorName{Comparison::is_null, false, Symbol::is_null},
    OperatorName{Comparison::is_null, true, Symbol::not_null},
};

}  // namespace

std::string_view symbol_name(Symbol symbol) { return names[static_cast<std::size_t>(symbol)]; }

const OperatorName* find_operator(Comparison op, bool negated) {
  for (const OperatorName& name : operators) {
    if (name.op == op && name.negated == negated) return &name;
  }
  return nullptr;
}

const OperatorName* find_operator(Symbol symbol) {
  for (const OperatorName& name : operators) {
    if (name.symbol == symbol) return &name;
  }
  return nullptr;
}

}  // namespace idi::ir
