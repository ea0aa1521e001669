// The IR as a flat token sequence, the parser's output language, and the grammar over it as a
// deterministic pushdown automaton: at every prefix it says which tokens may follow, and any
// sequence that it admits is a well-formed Query ("valid by construction").
//
//   query   := DISTINCT? item+ (JOIN table)* (ON column column)* (WHERE cond)? (GROUP expr+
//              (HAVING cond)?)? (ORDER (ASC|DESC) expr …)? (LIMIT value|ONE)? (setop query)? END
//   expr    := column | table(=star) | AGG DISTINCT_ARG? expr | FUNC column | ARITH expr expr
//   cond    := leaf ((AND|OR) leaf)*            AND binds tighter
//   leaf    := OPEN cond CLOSE | expr op operand…     op before its operands: "age > v3"
//   operand := value | ANY | ONE | ZERO | column-expression (after AS_COLUMN) | SUBQUERY query END
//
// The exact automaton is in ir_tokens.cpp; this comment must match it.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::ir {

/// Structural tokens. The numbers are part of the weights file: append only.
enum class Symbol : std::uint8_t {
  end,
  distinct,
  join,
  on,
  where,
  group,
  having,
  order_asc,
  order_desc,
  limit,
  unite,
  intersect,
  except,
  count,
  sum,
  avg,
  min,
  max,
  distinct_argument,
  year,
  month,
  month_number,
  day,
  add,
  subtract,
  multiply,
  divide,
  and_,
  or_,
  open,
  close,
  equal,
  not_equal,
  less,
  greater,
  less_equal,
  greater_equal,
  like,
  like_prefix,
  like_suffix,
  not_like,
  not_like_prefix,
  not_like_suffix,
  between,
  not_between,
  in,
  not_in,
  is_null,
  not_null,
  any_value,
  one,
  zero,
  as_column,
  subquery,
  symbol_count
};
inline constexpr int symbol_count = static_cast<int>(Symbol::symbol_count);
static_assert(symbol_count <= 64, "masks are 64 bits");

struct Token {
  enum class Kind : std::uint8_t { symbol, column, table, value };
  Kind kind = Kind::symbol;
  int index = 0;  ///< Symbol; Schema::flat_index; table index; index of the value candidate.
  friend bool operator==(const Token&, const Token&) = default;
};

/// What may come next: a bit per Symbol, and the kinds of pointers.
struct Allowed {
  std::bitset<64> symbols;
  bool column = false;
  bool table = false;
  bool value = false;
};

/// The automaton. Copyable (beams), small. Depth of subqueries is limited to max_depth.
class Grammar {
 public:
  static constexpr int max_depth = 4;
  Grammar();
  [[nodiscard]] Allowed allowed() const;
  /// REQUIRES: the token's kind (and symbol) is allowed.
  void advance(Token token);
  /// True after the outermost END.
  [[nodiscard]] bool complete() const;

 private:
  std::vector<std::uint8_t> stack_;  // states, see the .cpp
};

/// Literals must carry a candidate index, be `any`, "0"/"1" numbers, else not_supported.
[[nodiscard]] Result<std::vector<Token>> to_tokens(const Query& query, const Schema& schema);
/// Inverse. Literals come back with `candidate` set and empty text; resolve later.
/// Errors: invalid_argument where the grammar is violated.
[[nodiscard]] Result<Query> from_tokens(const std::vector<Token>& tokens, const Schema& schema);

/// "name where age > $2 end" for logs, tests and goldens.
[[nodiscard]] std::string to_text(const std::vector<Token>& tokens, const Schema& schema);

}  // namespace idi::ir
