// Any bytes as a CREATE statement: the comments that come out are bounded, valid UTF-8, one line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ddl_comments.hpp"
#include "idi/core/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view ddl(reinterpret_cast<const char*>(data), size);
  const auto good = [](const std::string& comment) {
    return comment.size() <= idi::db_sqlite::max_comment_bytes &&
           idi::text::is_valid_utf8(comment) && comment.find('\n') == std::string::npos;
  };
  const auto comments = idi::db_sqlite::parse_ddl_comments(ddl);
  if (!good(comments.table)) std::abort();
  for (const auto& [name, comment] : comments.columns) {
    if (!good(comment) || !idi::text::is_valid_utf8(name)) std::abort();
  }
  return 0;
}
