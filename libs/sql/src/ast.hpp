// A SELECT as it was written: names unresolved, FROM and JOIN explicit. The parser's output, read
// by the translation to the intermediate representation and by nobody else.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace idi::sql::ast {

struct Select;
using SelectPtr = std::shared_ptr<Select>;
struct Expression;
using ExpressionPtr = std::shared_ptr<Expression>;
struct Window;
using WindowPtr = std::shared_ptr<Window>;

enum class Kind {
  column,  ///< qualifier (may be empty), name
  star,    ///< qualifier (may be empty)
  number,  ///< text
  text,    ///< text
  null,
  call,      ///< name in lower case, arguments, distinct, filter, over
  choice,    ///< CASE operand? WHEN arguments[0] THEN arguments[1] … ELSE otherwise? END
  cast,      ///< arguments[0], name is the type in lower case
  binary,    ///< name is the operator in lower case ("=", "and", "+"), two arguments
  negation,  ///< NOT arguments[0]
  minus,     ///< -arguments[0]
  between,   ///< three arguments, negated
  in_list,   ///< arguments[0] IN the others, negated
  in_query,  ///< arguments[0] IN select, negated
  like,      ///< two arguments, negated
  is_null,   ///< arguments[0], negated
  exists,    ///< select
  subquery,  ///< select
};

struct Expression {
  Kind kind = Kind::null;
  std::string qualifier;
  std::string name;
  std::string text;
  bool distinct = false;
  bool negated = false;
  bool double_quoted = false;  ///< A column written "x": SQLite takes it for a text if unknown.
  std::vector<ExpressionPtr> arguments;
  ExpressionPtr operand;    ///< Of CASE x WHEN …; null for CASE WHEN ….
  ExpressionPtr otherwise;  ///< Null without ELSE.
  ExpressionPtr filter;     ///< FILTER (WHERE …).
  WindowPtr over;
  SelectPtr select;
};

struct Item {
  ExpressionPtr expression;
  std::string alias;
};

enum class JoinKind { comma, inner, natural, outer };

struct TableReference {
  JoinKind join = JoinKind::comma;  ///< How it is joined to what stands before it.
  std::string name;
  std::string alias;
  SelectPtr derived;  ///< Instead of a name: FROM (SELECT …).
  ExpressionPtr on;
  std::vector<std::string> using_columns;
};

struct OrderTerm {
  ExpressionPtr expression;
  bool descending = false;
};

struct Window {
  std::vector<ExpressionPtr> partition_by;
  std::vector<OrderTerm> order_by;
};

struct Select {
  bool distinct = false;
  std::vector<Item> items;
  std::vector<TableReference> from;
  ExpressionPtr where;
  std::vector<ExpressionPtr> group_by;
  ExpressionPtr having;
  std::vector<OrderTerm> order_by;
  ExpressionPtr limit;
  /// The limit counts within each of these. No syntax of its own: the translation puts it here.
  std::vector<ExpressionPtr> limit_per;
  std::string set_operator;  ///< "union", "union all", "intersect", "except", or empty.
  SelectPtr set_right;       ///< The rest of the chain; operators associate to the left.
};

}  // namespace idi::sql::ast
