#include "ddl_comments.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {

enum class TokenKind : std::uint8_t { word, quoted, comment, open, close, comma, other };

struct Token {
  TokenKind kind = TokenKind::other;
  std::string_view text;  ///< Quoted: with its quotes. Comment: without its marks.
  bool first_on_line = false;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view ddl) : ddl_(ddl) {}

  /// false at the end.
  bool next(Token& token) {
    skip_blanks();
    if (at_ >= ddl_.size()) return false;
    token.first_on_line = line_is_fresh_;
    line_is_fresh_ = false;
    const std::size_t start = at_;
    const char c = ddl_[at_];
    if (ddl_.substr(at_, 2) == "--") {
      at_ = std::min(ddl_.find('\n', at_), ddl_.size());
      token.kind = TokenKind::comment;
      token.text = ddl_.substr(start + 2, at_ - start - 2);
      return true;
    }
    if (ddl_.substr(at_, 2) == "/*") {
      const std::size_t end = ddl_.find("*/", at_ + 2);
      token.kind = TokenKind::comment;
      token.text = ddl_.substr(start + 2, end == std::string_view::npos ? end : end - start - 2);
      at_ = end == std::string_view::npos ? ddl_.size() : end + 2;
      return true;
    }
    if (c == '"' || c == '\'' || c == '`' || c == '[') {
      skip_quoted(c == '[' ? ']' : c);
      token.kind = TokenKind::quoted;
    } else if (is_word_character(c)) {
      while (at_ < ddl_.size() && is_word_character(ddl_[at_])) ++at_;
      token.kind = TokenKind::word;
    } else {
      ++at_;
      token.kind = c == '('   ? TokenKind::open
                   : c == ')' ? TokenKind::close
                   : c == ',' ? TokenKind::comma
                              : TokenKind::other;
    }
    token.text = ddl_.substr(start, at_ - start);
    return true;
  }

 private:
  static bool is_word_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || byte >= 0x80;
  }
  void skip_blanks() {
    for (; at_ < ddl_.size(); ++at_) {
      const char c = ddl_[at_];
      if (c == '\n') {
        line_is_fresh_ = true;
      } else if (c != ' ' && c != '\t' && c != '\r' && c != '\f' && c != '\v') {
        return;
      }
    }
  }
  // A doubled quote stands for itself, except in [brackets].
  void skip_quoted(char quote) {
    ++at_;
    while (at_ < ddl_.size()) {
      if (ddl_[at_++] != quote) continue;
      if (quote == ']' || at_ >= ddl_.size() || ddl_[at_] != quote) return;
      ++at_;
    }
  }

  std::string_view ddl_;
  std::size_t at_ = 0;
  bool line_is_fresh_ = true;
};

std::string unquote(const Token& token) {
  if (token.kind != TokenKind::quoted) return std::string(token.text);
  const char open = token.text.front();
  const char close = open == '[' ? ']' : open;
  std::string_view inside = token.text.substr(1);
  if (!inside.empty() && inside.back() == close) inside.remove_suffix(1);
  std::string name;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    name += inside[i];
    if (inside[i] == close && close != ']' && i + 1 < inside.size() && inside[i + 1] == close) ++i;
  }
  return name;
}

bool starts_a_constraint(const Token& token) {
  constexpr auto words =
      std::to_array<std::string_view>({"constraint", "primary", "foreign", "unique", "check"});
  return token.kind == TokenKind::word &&
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return text::equals_ignoring_ascii_case(token.text, word);
         });
}

void append(std::string& comment, std::string_view more) {
  std::string line;
  bool blank = true;
  for (const char c : more) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f) {
      if (!blank) line += ' ';
      blank = true;
    } else {
      line += c;
      blank = false;
    }
  }
  const std::string_view trimmed = text::trim(line);
  // Rules such as "-----" or "*****" say nothing.
  const bool says_something = std::any_of(trimmed.begin(), trimmed.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
  if (!says_something || comment.size() >= max_comment_bytes) return;
  if (!comment.empty()) comment += ' ';
  comment += trimmed;
}

std::string finished(const std::string& comment) {
  std::string_view cut = std::string_view(comment).substr(0, max_comment_bytes);
  if (cut.size() < comment.size()) {
    // Not in the middle of a character.
    while (!cut.empty() && (static_cast<unsigned char>(comment[cut.size()]) & 0xC0U) == 0x80U) {
      cut.remove_suffix(1);
    }
  }
  std::string valid = text::to_valid_utf8(cut);
  // Replacement characters are longer than the bytes that they replace.
  while (valid.size() > max_comment_bytes) {
    std::size_t end = max_comment_bytes;
    while (end > 0 && (static_cast<unsigned char>(valid[end]) & 0xC0U) == 0x80U) --end;
    valid.resize(end);
  }
  return valid;
}

// What the reader expects inside the parentheses of a CREATE TABLE.
enum class Place : std::uint8_t {
  definition_start,  ///< After "(" or ",": a column, a constraint or a comment comes.
  column,            ///< Within a column's definition.
  constraint,        ///< Within a table constraint.
};

class CommentReader {
 public:
  DdlComments read(std::string_view ddl) {
    Tokenizer tokens(ddl);
    Token token;
    while (tokens.next(token) && !done_) take(token);
    DdlComments result;
    result.table = finished(table_);
    for (auto& [name, comment] : columns_) {
      result.columns.emplace_back(text::to_valid_utf8(name), finished(comment));
    }
    return result;
  }

 private:
  void take(const Token& token) {
    if (token.kind == TokenKind::comment) {
      take_comment(token);
      return;
    }
    if (token.first_on_line) same_line_as_end_ = false;
    if (depth_ == 0) {
      take_outside(token);
    } else if (token.kind == TokenKind::open) {
      ++depth_;
    } else if (token.kind == TokenKind::close) {
      if (--depth_ == 0) done_ = true;
    } else if (depth_ == 1 && token.kind == TokenKind::comma) {
      after_constraint_ = place_ == Place::constraint;
      place_ = Place::definition_start;
      same_line_as_end_ = true;
    } else if (depth_ == 1 && place_ == Place::definition_start) {
      start_definition(token);
    }
  }

  void take_outside(const Token& token) {
    if (token.kind == TokenKind::open) {
      depth_ = 1;
      same_line_as_end_ = true;
    } else if (token.kind == TokenKind::word &&
               (text::equals_ignoring_ascii_case(token.text, "select") ||
                text::equals_ignoring_ascii_case(token.text, "with"))) {
      done_ = true;  // A view's query: what follows is not about columns.
    }
  }

  void start_definition(const Token& token) {
    same_line_as_end_ = false;
    if (starts_a_constraint(token)) {
      place_ = Place::constraint;
      pending_.clear();
      return;
    }
    place_ = Place::column;
    columns_.emplace_back(unquote(token), pending_);
    pending_.clear();
  }

  void take_comment(const Token& token) {
    if (depth_ == 0) {
      append(table_, token.text);
    } else if (place_ == Place::column) {
      append(columns_.back().second, token.text);
    } else if (place_ == Place::definition_start) {
      const bool after_the_last = same_line_as_end_ && !token.first_on_line;
      if (!after_the_last) {
        same_line_as_end_ = false;
        append(pending_, token.text);
      } else if (columns_.empty()) {
        append(table_, token.text);
      } else if (!after_constraint_) {
        append(columns_.back().second, token.text);
      }
    }
  }

  std::string table_;
  std::vector<std::pair<std::string, std::string>> columns_;
  std::string pending_;  ///< Comment lines before the next definition.
  int depth_ = 0;
  Place place_ = Place::definition_start;
  bool after_constraint_ = false;  ///< The last definition was a table constraint.
  bool same_line_as_end_ = false;  ///< Still on the line of the last "(" or ",".
  bool done_ = false;
};

}  // namespace

DdlComments parse_ddl_comments(std::string_view ddl) { return CommentReader().read(ddl); }

}  // namespace idi::db_sqlite
