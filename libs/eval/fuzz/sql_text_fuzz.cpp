// Any text as gold and predicted SQL: cutting, outlining, diagnosing must neither crash nor hang.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/eval/error_kind.hpp"
#include "idi/eval/hardness.hpp"
#include "idi/eval/query_rules.hpp"
#include "idi/eval/robustness.hpp"
#include "sql_scan.hpp"

using namespace idi::eval;  // NOLINT: a main file

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view gold = text.substr(0, text.find('\0'));
  const std::string_view predicted = text.substr(gold.size());
  std::size_t bytes = 0;
  for (const SqlPiece& piece : scan_sql(text)) bytes += piece.text.size();
  if (bytes != text.size()) std::abort();
  (void)hardness_of(gold);
  if (diagnose(gold, predicted, nullptr).empty()) std::abort();
  (void)spider_row_order(spider_executable_sql(gold, false));
  (void)without_column_names(predicted, gold, nullptr);
  return 0;
}
