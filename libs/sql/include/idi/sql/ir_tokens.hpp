// The IR as a flat token sequence, the parser's output language, and the grammar over it as a
// deterministic pushdown automaton: at every prefix it says which tokens may follow, and any
// sequence that it admits is a well-formed Query ("valid by construction").
//
//   query   := core (setop core)* END            set operators associate to the left
//   core    := DISTINCT? item+ (JOIN table)* (ON column column)* (WHERE cond)? (GROUP key+
//              (HAVING cond)?)? ((ASC|DESC) expr)* (LIMIT (value|ONE) (PER key+)?)?
//            | COUNT SUBQUERY query                rows of a derived table; nothing else follows
//   item    := expr | table(=star)
//   expr    := column | FUNC column | ARITH expr term | OVER? AGG (WHEN leaf)? argument
//   argument:= DISTINCT_ARG? expr without aggregates | table (of COUNT: its rows)
//   key     := column | FUNC column
//   term    := expr | value | ONE                  a number, after ARITH alone
//   cond    := leaf ((AND|OR) leaf)*               AND binds tighter
//   leaf    := OPEN cond CLOSE | expr op operand…  op before its operands: "age > v3"
//   operand := value | ANY | ONE | ZERO | AS_COLUMN expr | SUBQUERY query
//              IN takes value+, ANY or SUBQUERY; LIKE takes value or ANY; IS NULL takes none
//
// Restrictions beside that (all enforced by the automaton, so that every sentence runs): aggregates
// stand in items, HAVING and, where the query is grouped or aggregated, in ORDER alone, never
// nested. OVER is SHARE (of COUNT and SUM), RUNNING (not of AVG), CHANGE or GROWTH. SHARE with WHEN
// stands wherever an aggregate does; all others compare groups: they are whole items or whole
// ORDER expressions, and their query has GROUP. The leaf of WHEN has no subquery and no aggregate.
// PER follows ORDER and LIMIT in a query without DISTINCT, without stars and without comparing
// groups in ORDER; one that aggregates has GROUP. A subquery that is an operand has one column;
// both sides of a set operator have the same number of columns, no stars, no DISTINCT (it is
// implied), no ORDER and no LIMIT; the bounds of Grammar. A walk can always end.
//
// The exact automaton is in grammar.cpp; this comment must match it.
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
  quarter,
  week,
  weekday,
  date,
  when,
  share,
  running,
  change,
  growth,
  per,
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

/// The automaton. Copyable (beams), small.
class Grammar {
 public:
  static constexpr int max_depth = 4;        ///< Queries within queries, the outermost included.
  static constexpr int max_items = 6;        ///< Select items of a core.
  static constexpr int max_conditions = 6;   ///< Leaves of one WHERE or HAVING.
  static constexpr int max_in_values = 6;    ///< Literals of one IN list.
  static constexpr int max_parentheses = 2;  ///< OPEN within OPEN.
  static constexpr int max_arithmetic_depth = 2;  ///< ARITH within ARITH.
  static constexpr int max_group_keys = 4;
  static constexpr int max_order_items = 3;
  static constexpr int max_per_keys = 2;
  static constexpr int max_join_tables = 4;    ///< JOIN tokens of a core.
  static constexpr int max_join_hints = 4;     ///< ON tokens of a core.
  static constexpr int max_set_operators = 3;  ///< Of one chain.

  Grammar();
  [[nodiscard]] Allowed allowed() const;
  /// REQUIRES: the token's kind (and symbol) is allowed.
  void advance(Token token);
  /// True after the outermost END.
  [[nodiscard]] bool complete() const;

 private:
  /// One expectation of the pushdown stack; what the fields mean depends on `state`, see the .cpp.
  struct Frame {
    std::uint8_t state = 0;
    std::uint8_t phase = 0;
    std::uint8_t items = 0;
    std::uint8_t required_items = 0;
    std::uint8_t count = 0;
    std::uint8_t depth = 0;
    std::uint8_t set_operators = 0;
    std::uint16_t flags = 0;
  };
  [[nodiscard]] Allowed allowed_at(std::size_t frame) const;
  [[nodiscard]] Allowed allowed_in_query(const Frame& query) const;
  [[nodiscard]] std::size_t query_frame() const;
  void push_query(std::uint8_t required_items);
  void advance_query(Token token);
  void advance_expression(Token token);
  void advance_aggregate(Symbol aggregate);
  void compare_groups();
  void advance_condition(Token token);
  void advance_operator(Symbol symbol);
  void advance_operand(Token token);

  std::vector<Frame> stack_;
};

/// Whether the token's kind, and its symbol, is among the allowed ones.
[[nodiscard]] bool admits(const Allowed& allowed, Token token);

/// Literals must carry a candidate index, be `any`, "0"/"1" numbers, else not_supported.
[[nodiscard]] Result<std::vector<Token>> to_tokens(const Query& query, const Schema& schema);
/// Inverse. Literals come back with `candidate` set and empty text; resolve later.
/// Errors: invalid_argument where the grammar is violated.
[[nodiscard]] Result<Query> from_tokens(const std::vector<Token>& tokens, const Schema& schema);

/// "name where age > $2 end" for logs, tests and goldens.
[[nodiscard]] std::string to_text(const std::vector<Token>& tokens, const Schema& schema);

}  // namespace idi::ir
