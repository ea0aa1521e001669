#include "idi/eval/query_rules.hpp"

#include <array>
#include <utility>

#include "idi/core/text.hpp"
#include "sql_scan.hpp"

namespace idi::eval {
namespace {

std::string with_replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t at = text.find(from);
  for (; at != std::string_view::npos; at = text.find(from)) {
    result += text.substr(0, at);
    result += to;
    text.remove_prefix(at + from.size());
  }
  result += text;
  return result;
}

std::string first_statement_without_distinct(std::string_view sql) {
  std::string kept;
  for (const SqlPiece& piece : scan_sql(sql)) {
    if (piece.kind == SqlPiece::Kind::word &&
        text::equals_ignoring_ascii_case(piece.text, "distinct")) {
      continue;
    }
    kept += piece.text;
    if (piece.text == ";" && !text::trim(kept).starts_with(';')) break;
  }
  return kept;
}

/// Position after `word` and the blanks behind it, or npos.
std::size_t after(std::string_view sql, std::size_t at, std::string_view word) {
  if (at == std::string_view::npos || at > sql.size()) return std::string_view::npos;
  if (!text::equals_ignoring_ascii_case(sql.substr(at, word.size()), word)) {
    return std::string_view::npos;
  }
  at += word.size();
  while (at < sql.size() &&
         std::string_view(" \t\n\r\f\v").find(sql[at]) != std::string_view::npos) {
    ++at;
  }
  return at;
}

/// A MySQL idiom in some gold queries; SQLite has no CURDATE.
std::string with_current_year(std::string_view sql) {
  constexpr std::array<std::string_view, 6> idiom = {"year", "(", "curdate", "(", ")", ")"};
  std::string result;
  for (std::size_t i = 0; i < sql.size();) {
    std::size_t end = i;
    for (const auto word : idiom) end = after(sql, end, word);
    if (end == std::string_view::npos) {
      result += sql[i++];
    } else {
      result += "2020";
      i = end;
    }
  }
  return result;
}

}  // namespace

std::string spider_executable_sql(std::string_view sql, bool keep_distinct) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> mended = {
      {{"> =", ">="}, {"< =", "<="}, {"! =", "!="}}};
  std::string text(sql);
  for (const auto& [from, to] : mended) text = with_replaced(text, from, to);
  if (!keep_distinct) text = first_statement_without_distinct(text);
  return with_current_year(text);
}

RowOrder spider_row_order(std::string_view gold_sql) {
  return text::to_lower_ascii(gold_sql).find("order by") == std::string::npos ? RowOrder::free
                                                                              : RowOrder::fixed;
}

}  // namespace idi::eval
