#include "sql_scan.hpp"

#include <array>

namespace idi::eval {
namespace {

using Kind = SqlPiece::Kind;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Bytes of a quoted piece, a doubled quote standing for itself; 0 if it is never closed.
std::size_t quoted_length(std::string_view rest, char close) {
  if (close == ']') return rest.find(']') + 1;  // npos + 1 == 0
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] != close) continue;
    if (i + 1 < rest.size() && rest[i + 1] == close) {
      ++i;
      continue;
    }
    return i + 1;
  }
  return 0;
}

template <typename Accepts>
std::size_t run_length(std::string_view rest, Accepts accepts) {
  std::size_t length = 1;
  while (length < rest.size() && accepts(rest[length])) ++length;
  return length;
}

SqlPiece quoted(std::string_view rest, Kind kind, char close) {
  const std::size_t length = quoted_length(rest, close);
  if (length == 0) return {Kind::symbol, rest.substr(0, 1)};
  return {kind, rest.substr(0, length)};
}

SqlPiece comment_or_symbol(std::string_view rest) {
  if (rest.substr(0, 2) == "--") {
    return {Kind::comment, rest.substr(0, rest.find('\n'))};
  }
  if (rest.substr(0, 2) == "/*") {
    const std::size_t end = rest.find("*/", 2);
    return {Kind::comment, rest.substr(0, end == std::string_view::npos ? end : end + 2)};
  }
  constexpr std::array<std::string_view, 6> pairs = {"<=", ">=", "<>", "!=", "==", "||"};
  for (const auto pair : pairs) {
    if (rest.substr(0, 2) == pair) return {Kind::symbol, rest.substr(0, 2)};
  }
  return {Kind::symbol, rest.substr(0, 1)};
}

SqlPiece next_piece(std::string_view rest) {
  const char c = rest.front();
  if (is_space(c)) return {Kind::space, rest.substr(0, run_length(rest, is_space))};
  if (c == '\'') return quoted(rest, Kind::text, '\'');
  if (c == '"') return quoted(rest, Kind::double_quoted, '"');
  if (c == '`') return quoted(rest, Kind::quoted_name, '`');
  if (c == '[') return quoted(rest, Kind::quoted_name, ']');
  const bool point_number = c == '.' && rest.size() > 1 && is_digit(rest[1]);
  if (is_digit(c) || point_number) {
    const auto accepts = [](char d) { return is_word(d) || d == '.'; };
    return {Kind::number, rest.substr(0, run_length(rest, accepts))};
  }
  if (is_word(c)) return {Kind::word, rest.substr(0, run_length(rest, is_word))};
  return comment_or_symbol(rest);
}

}  // namespace

std::vector<SqlPiece> scan_sql(std::string_view sql) {
  std::vector<SqlPiece> pieces;
  while (!sql.empty()) {
    // "t.1x" does not exist, but "t1.5" must not swallow the point of a qualified name.
    SqlPiece piece = next_piece(sql);
    if (piece.kind == Kind::number && piece.text.front() == '.' && !pieces.empty() &&
        pieces.back().kind == Kind::word) {
      piece = {Kind::symbol, sql.substr(0, 1)};
    }
    pieces.push_back(piece);
    sql.remove_prefix(piece.text.size());
  }
  return pieces;
}

}  // namespace idi::eval
