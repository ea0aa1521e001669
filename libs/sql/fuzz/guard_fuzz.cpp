// Any bytes as a statement. What the guard approves begins with a reading word, is one statement
// and has no comment and no NUL, in every dialect.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/core/text.hpp"
#include "idi/sql/guard.hpp"

namespace {
struct AcceptAll : idi::sql::StatementInspector {
  idi::Status inspect(std::string_view) override { return {}; }
};
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  AcceptAll inspector;
  for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres, Dialect::mysql}) {
    const auto approved = sql::SqlGuard(dialect, inspector).approve(text);
    if (!approved) continue;
    const std::string& statement = approved->sql();
    const auto first = statement.find_first_not_of("( \t\r\n\f\v");
    if (first == std::string::npos || statement.find('\0') != std::string::npos) std::abort();
    const std::string word = text::to_lower_ascii(statement.substr(first, 6));
    if (word != "select" && word != "values" && !word.starts_with("with")) std::abort();
    // Approving what was approved changes nothing.
    const auto again = sql::SqlGuard(dialect, inspector).approve(statement);
    if (!again || again->sql() != statement) std::abort();
  }
  return 0;
}
