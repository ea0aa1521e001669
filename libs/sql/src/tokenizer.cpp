#include "tokenizer.hpp"

#include <array>
#include <optional>

namespace idi::sql {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_word_part(char c) { return is_word_start(c) || is_digit(c) || c == '$'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

class Tokenizer {
 public:
  Tokenizer(std::string_view sql, Dialect dialect) : sql_(sql), dialect_(dialect) {}

  Result<std::vector<SqlToken>> run() {
    if (sql_.size() > max_sql_bytes) {
      return make_error(ErrorCode::limit_exceeded,
                        "the statement is longer than " + std::to_string(max_sql_bytes) + " bytes");
    }
    while (position_ < sql_.size() && !problem_) {
      const char c = sql_[position_];
      if (is_space(c)) {
        ++position_;
      } else {
        start_ = position_;
        read_token(c);
      }
    }
    if (problem_) return *problem_;
    return std::move(tokens_);
  }

 private:
  using Kind = SqlToken::Kind;

  char at(std::size_t offset) const {
    return position_ + offset < sql_.size() ? sql_[position_ + offset] : '\0';
  }
  void fail(std::string message) {
    problem_ = make_error(ErrorCode::sql_rejected, std::move(message), {},
                          "at byte " + std::to_string(start_ + 1));
  }
  void emit(Kind kind, std::string text, char quote = 0) {
    tokens_.push_back({kind, std::move(text), quote, start_});
  }
  void emit_to(Kind kind, std::size_t end) {
    emit(kind, std::string(sql_.substr(start_, end - start_)));
    position_ = end;
  }

  void read_token(char c) {
    const bool postgres = dialect_ == Dialect::postgres;
    const bool mysql = dialect_ == Dialect::mysql;
    if (c == '-' && at(1) == '-') return read_line_comment();
    if (c == '#' && mysql) return read_line_comment();
    if (c == '/' && at(1) == '*') return read_block_comment();
    if (c == '\'') return read_quoted('\'', Kind::string, mysql);
    if (c == '"') return read_quoted('"', mysql ? Kind::string : Kind::quoted_identifier, mysql);
    if (c == '`' && !postgres) return read_quoted('`', Kind::quoted_identifier, false);
    if (c == '[' && dialect_ == Dialect::sqlite) return read_bracketed();
    if (c == '$' && postgres && read_dollar_quoted()) return;
    if ((c == 'x' || c == 'X') && at(1) == '\'') return read_blob();
    if ((c == 'e' || c == 'E') && at(1) == '\'' && postgres) {
      ++position_;
      return read_quoted('\'', Kind::string, true);
    }
    if (is_word_start(c)) {
      std::size_t end = position_ + 1;
      while (end < sql_.size() && is_word_part(sql_[end])) ++end;
      return emit_to(Kind::word, end);
    }
    if (is_digit(c) || (c == '.' && is_digit(at(1)))) return read_number();
    // PostgreSQL's ? is an operator on JSON.
    if ((c == '?' && !postgres) || ((c == ':' || c == '@' || c == '$') && is_word_part(at(1)))) {
      std::size_t end = position_ + 1;
      while (end < sql_.size() && is_word_part(sql_[end])) ++end;
      return emit_to(Kind::parameter, end);
    }
    read_punctuation(c);
  }

  void read_line_comment() {
    std::size_t end = position_;
    while (end < sql_.size() && sql_[end] != '\n') ++end;
    emit_to(Kind::comment, end);
  }

  void read_block_comment() {
    const bool nested = dialect_ == Dialect::postgres;
    int depth = 1;
    std::size_t end = position_ + 2;
    while (depth > 0) {
      if (end + 1 >= sql_.size()) return fail("a comment is not closed");
      if (sql_[end] == '*' && sql_[end + 1] == '/') {
        --depth;
        end += 2;
      } else if (nested && sql_[end] == '/' && sql_[end + 1] == '*') {
        ++depth;
        end += 2;
      } else {
        ++end;
      }
    }
    emit_to(Kind::comment, end);
  }

  void read_quoted(char quote, Kind kind, bool backslash_escapes) {
    std::string text;
    ++position_;
    for (;; ++position_) {
      if (position_ >= sql_.size()) return fail("a quote is not closed");
      const char c = sql_[position_];
      if (c == '\0') return fail("a NUL byte in a quoted text");
      if (c == quote) {
        if (at(1) != quote) break;
        ++position_;
      } else if (c == '\\' && backslash_escapes) {
        ++position_;
        if (position_ >= sql_.size()) return fail("a quote is not closed");
        text += unescaped(sql_[position_]);
        continue;
      }
      text += c;
    }
    ++position_;
    emit(kind, std::move(text), quote);
  }

  static char unescaped(char c) {
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'b':
        return '\b';
      default:
        return c;
    }
  }

  void read_bracketed() {
    const std::size_t close = sql_.find(']', position_);
    if (close == std::string_view::npos) return fail("a bracket is not closed");
    emit(Kind::quoted_identifier, std::string(sql_.substr(position_ + 1, close - position_ - 1)),
         '[');
    position_ = close + 1;
  }

  /// $$text$$ and $tag$text$tag$; false if it is no dollar quote.
  bool read_dollar_quoted() {
    std::size_t tag_end = position_ + 1;
    while (tag_end < sql_.size() && sql_[tag_end] != '$' && is_word_part(sql_[tag_end])) ++tag_end;
    if (tag_end >= sql_.size() || sql_[tag_end] != '$' || is_digit(at(1))) return false;
    const std::string_view tag = sql_.substr(position_, tag_end - position_ + 1);
    const std::size_t close = sql_.find(tag, tag_end + 1);
    if (close == std::string_view::npos) {
      fail("a dollar quote is not closed");
      return true;
    }
    emit(Kind::string, std::string(sql_.substr(tag_end + 1, close - tag_end - 1)), '$');
    position_ = close + tag.size();
    return true;
  }

  void read_blob() {
    std::size_t end = position_ + 2;
    while (end < sql_.size() && is_hex(sql_[end])) ++end;
    if (end >= sql_.size() || sql_[end] != '\'') return fail("a blob literal is not hexadecimal");
    emit(Kind::blob, std::string(sql_.substr(position_ + 2, end - position_ - 2)));
    position_ = end + 1;
  }

  void read_number() {
    std::size_t end = position_;
    const auto digits = [&] {
      while (end < sql_.size() && is_digit(sql_[end])) ++end;
    };
    if (sql_[end] == '0' && (at(1) == 'x' || at(1) == 'X') && is_hex(at(2))) {
      end += 2;
      while (end < sql_.size() && is_hex(sql_[end])) ++end;
      return emit_to(Kind::number, end);
    }
    digits();
    if (end < sql_.size() && sql_[end] == '.') {
      ++end;
      digits();
    }
    if (end < sql_.size() && (sql_[end] == 'e' || sql_[end] == 'E')) {
      std::size_t exponent = end + 1;
      if (exponent < sql_.size() && (sql_[exponent] == '+' || sql_[exponent] == '-')) ++exponent;
      if (exponent < sql_.size() && is_digit(sql_[exponent])) {
        end = exponent;
        digits();
      }
    }
    emit_to(Kind::number, end);
  }

  void read_punctuation(char c) {
    static constexpr std::array<std::string_view, 15> pairs = {
        "<=", ">=", "<>", "!=", "==", "||", "::", "->", "<<", ">>", "&&", ":=", "~*", "!~", "@>"};
    for (const std::string_view pair : pairs) {
      if (sql_.substr(position_, 2) == pair) return emit_to(Kind::punctuation, position_ + 2);
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      return fail("a control character in the statement");
    }
    emit_to(Kind::punctuation, position_ + 1);
  }

  std::string_view sql_;
  Dialect dialect_;
  std::size_t position_ = 0;
  std::size_t start_ = 0;
  std::vector<SqlToken> tokens_;
  std::optional<Error> problem_;
};

}  // namespace

Result<std::vector<SqlToken>> tokenize(std::string_view sql, Dialect dialect) {
  return Tokenizer(sql, dialect).run();
}

}  // namespace idi::sql
