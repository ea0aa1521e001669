#include "access_policy.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {

// Sorted. Left out on purpose: load_extension (runs code), fts3_tokenizer (takes pointers),
// randomblob and zeroblob (only fill memory), sqlite_* (tell about this program), json_patch and
// the like of which the cost grows with the square of the input.
constexpr std::array allowed_functions = std::to_array<std::string_view>({
    "->",
    "->>",
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "avg",
    "bm25",
    "ceil",
    "ceiling",
    "char",
    "coalesce",
    "cos",
    "cosh",
    "count",
    "cume_dist",
    "current_date",
    "current_time",
    "current_timestamp",
    "date",
    "datetime",
    "degrees",
    "dense_rank",
    "exp",
    "first_value",
    "floor",
    "format",
    "glob",
    "group_concat",
    "hex",
    "highlight",
    "ifnull",
    "iif",
    "instr",
    "json",
    "json_array",
    "json_array_length",
    "json_extract",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_quote",
    "json_type",
    "json_valid",
    "julianday",
    "lag",
    "last_value",
    "lead",
    "length",
    "like",
    "likelihood",
    "likely",
    "ln",
    "log",
    "log10",
    "log2",
    "lower",
    "ltrim",
    "match",
    "max",
    "min",
    "mod",
    "nth_value",
    "ntile",
    "nullif",
    "percent_rank",
    "pi",
    "pow",
    "power",
    "printf",
    "quote",
    "radians",
    "random",
    "rank",
    "replace",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "sin",
    "sinh",
    "snippet",
    "soundex",
    "sqrt",
    "strftime",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "tan",
    "tanh",
    "time",
    "timediff",
    "total",
    "trim",
    "trunc",
    "typeof",
    "unicode",
    "unixepoch",
    "unlikely",
    "upper",
});
static_assert(std::is_sorted(allowed_functions.begin(), allowed_functions.end()));

// Virtual tables that tell about the file or this program rather than about the data.
constexpr std::array hidden_tables = std::to_array<std::string_view>(
    {"bytecode", "dbstat", "sqlite_dbpage", "sqlite_stmt", "tables_used"});

bool function_is_allowed(std::string_view name) {
  return std::binary_search(allowed_functions.begin(), allowed_functions.end(),
                            std::string_view(text::to_lower_ascii(name)));
}

bool table_is_allowed(std::string_view name) {
  const std::string lower = text::to_lower_ascii(name);
  return std::find(hidden_tables.begin(), hidden_tables.end(), lower) == hidden_tables.end() &&
         !lower.starts_with("pragma_");
}

}  // namespace

bool may_question(const sqlite::Access& access) {
  switch (access.action) {
    case sqlite::Action::select:
    case sqlite::Action::recursive:
      return true;
    case sqlite::Action::read:
      return table_is_allowed(access.subject);
    case sqlite::Action::function:
      return function_is_allowed(access.object);
    case sqlite::Action::pragma:
      // FTS5 asks for it itself while a full-text table is read.
      return access.subject == "data_version" && access.object.empty();
    case sqlite::Action::other:
      break;
  }
  return false;
}

bool may_introspect(const sqlite::Access& access) {
  constexpr std::array pragmas = std::to_array<std::string_view>(
      {"data_version", "foreign_key_list", "table_list", "table_xinfo"});
  switch (access.action) {
    case sqlite::Action::select:
    case sqlite::Action::read:
    case sqlite::Action::recursive:
    case sqlite::Action::function:
      return access.action != sqlite::Action::function || function_is_allowed(access.object);
    case sqlite::Action::pragma:
      return std::find(pragmas.begin(), pragmas.end(), access.subject) != pragmas.end();
    case sqlite::Action::other:
      break;
  }
  return false;
}

}  // namespace idi::db_sqlite
