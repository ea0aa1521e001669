// The comments that people write into CREATE TABLE and CREATE VIEW. SQLite keeps the statement's
// text as it was written; this reads the comments out of it. Any bytes are accepted.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace idi::db_sqlite {

struct DdlComments {
  std::string table;
  /// Column name (unquoted, as written) and its comment, in the order of the columns.
  std::vector<std::pair<std::string, std::string>> columns;
};

/// Each comment is one line of valid UTF-8 without control characters, at most max_comment_bytes.
///   CREATE TABLE t (      -- about the table
///     a INTEGER,          -- about a (same line)
///     -- about b (the lines before it)
///     b TEXT /* also about b */
///   )
[[nodiscard]] DdlComments parse_ddl_comments(std::string_view ddl);

inline constexpr std::size_t max_comment_bytes = 500;

}  // namespace idi::db_sqlite
