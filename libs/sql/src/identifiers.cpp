#include "identifiers.hpp"

#include <algorithm>
#include <iterator>

#include "idi/core/text.hpp"

namespace idi::sql {
namespace {

// Words reserved in any of the three dialects, sorted; quoting one too many does no harm.
// clang-format off
constexpr std::string_view reserved[] = {
    "abort", "accessible", "action", "add", "after", "all", "alter", "always", "analyse", "analyze",
    "and", "any", "array", "as", "asc", "asensitive", "asymmetric", "attach", "authorization",
    "autoincrement", "before", "begin", "between", "bigint", "binary", "blob", "both", "by", "call",
    "cascade", "case", "cast", "change", "char", "character", "check", "collate", "collation",
    "column", "commit", "concurrently", "condition", "conflict", "constraint", "continue",
    "convert", "copy", "create", "cross", "cube", "cume_dist", "current", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
    "current_user", "cursor", "database", "databases", "day_hour", "day_microsecond", "day_minute",
    "day_second", "dec", "decimal", "declare", "default", "deferrable", "deferred", "delayed",
    "delete", "dense_rank", "desc", "describe", "detach", "deterministic", "distinct",
    "distinctrow", "div", "do", "double", "drop", "dual", "dumpfile", "each", "else", "elseif",
    "empty", "enclosed", "end", "escape", "escaped", "except", "exclude", "exclusive", "exists",
    "exit", "explain", "fail", "false", "fetch", "filter", "first_value", "float", "float4",
    "float8", "following", "for", "force", "foreign", "freeze", "from", "full", "fulltext",
    "function", "generated", "get", "glob", "grant", "group", "grouping", "groups", "having",
    "high_priority", "hour_microsecond", "hour_minute", "hour_second", "if", "ignore", "ilike",
    "immediate", "in", "index", "indexed", "infile", "initially", "inner", "inout", "insensitive",
    "insert", "instead", "int", "int1", "int2", "int3", "int4", "int8", "integer", "intersect",
    "interval", "into", "is", "isnull", "iterate", "join", "json_table", "key", "keys", "kill",
    "lag", "last_value", "lateral", "lead", "leading", "leave", "left", "like", "limit", "linear",
    "lines", "load", "localtime", "localtimestamp", "lock", "long", "longblob", "longtext", "loop",
    "low_priority", "match", "materialized", "maxvalue", "mediumblob", "mediumint", "mediumtext",
    "merge", "middleint", "minute_microsecond", "minute_second", "mod", "modifies", "natural", "no",
    "not", "nothing", "notnull", "nth_value", "ntile", "null", "nulls", "numeric", "of", "offset",
    "on", "only", "optimize", "option", "optionally", "or", "order", "others", "out", "outer",
    "outfile", "over", "overlaps", "partition", "percent_rank", "placing", "plan", "pragma",
    "preceding", "precision", "primary", "procedure", "purge", "query", "raise", "range", "rank",
    "read", "reads", "real", "recursive", "references", "regexp", "reindex", "release", "rename",
    "repeat", "replace", "require", "resignal", "restrict", "return", "returning", "revoke",
    "right", "rlike", "rollback", "row", "row_number", "rows", "savepoint", "schema", "schemas",
    "second_microsecond", "select", "sensitive", "separator", "session_user", "set", "show",
    "signal", "similar", "smallint", "some", "spatial", "specific", "sql", "sqlexception",
    "sqlstate", "sqlwarning", "ssl", "starting", "stored", "straight_join", "symmetric", "system",
    "system_user", "table", "tablesample", "temp", "temporary", "terminated", "then", "ties",
    "tinyblob", "tinyint", "tinytext", "to", "trailing", "transaction", "trigger", "true",
    "truncate", "unbounded", "undo", "union", "unique", "unlock", "unsigned", "update", "usage",
    "use", "user", "using", "utc_date", "utc_time", "utc_timestamp", "vacuum", "values",
    "varbinary", "varchar", "varcharacter", "variadic", "varying", "verbose", "view", "virtual",
    "when", "where", "while", "window", "with", "without", "write", "xor", "year_month", "zerofill"};
// clang-format on

bool is_plain_word(std::string_view name, Dialect dialect) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [&](char c) {
    return lower(c) || c == '_' || (c >= '0' && c <= '9') ||
           (upper(c) && dialect != Dialect::postgres);
  });
}

}  // namespace

std::string quoted_identifier(std::string_view name, Dialect dialect) {
  if (is_plain_word(name, dialect)) {
    const std::string folded = text::to_lower_ascii(name);
    if (!std::binary_search(std::begin(reserved), std::end(reserved), std::string_view(folded))) {
      return std::string(name);
    }
  }
  const char quote = dialect == Dialect::mysql ? '`' : '"';
  std::string quoted(1, quote);
  for (const char c : name) {
    quoted += c;
    if (c == quote) quoted += quote;
  }
  quoted += quote;
  return quoted;
}

std::string quoted_text(std::string_view text, Dialect dialect) {
  // What a backslash means in MySQL depends on the server's mode; hexadecimal means one thing only.
  if (dialect == Dialect::mysql && text.find('\\') != std::string_view::npos) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hexadecimal = "_utf8mb4 X'";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      hexadecimal += digits[byte >> 4];
      hexadecimal += digits[byte & 15];
    }
    return hexadecimal + "'";
  }
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\0') continue;  // no dialect takes one within a literal
    quoted += c;
    if (c == '\'') quoted += c;
  }
  quoted += '\'';
  return quoted;
}

bool is_plain_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t first = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  const std::size_t whole = at - first;
  if (whole == 0 || whole > 18 || (whole > 1 && text[first] == '0')) return false;
  if (at == text.size()) return true;
  if (text[at++] != '.') return false;
  const std::size_t fraction = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at == text.size() && at > fraction;
}

}  // namespace idi::sql
