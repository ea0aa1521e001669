// Splits a text into words. Numbers, ISO dates and times, dotted acronyms (U.S.A.) and names with
// an inner apostrophe (O'Brien) stay whole; possessive 's goes away; n't becomes a word of its own,
// for a negation must not be lost in its verb.
#include <limits>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "tokens.hpp"
#include "unicode.hpp"

namespace idi::link {
namespace {

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t max_tokens) : text_(text), max_tokens_(max_tokens) {}

  std::vector<QuestionToken> run() {
    while (position_ < text_.size() && !cut_) step();
    return std::move(tokens_);
  }
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  void step() {
    const CodePoint point = decode_at(text_, position_);
    switch (char_class(point.code)) {
      case CharClass::digit:
        number(position_);
        return;
      case CharClass::letter:
        word(position_);
        return;
      case CharClass::ideograph:
        emit(position_, position_ + point.length);
        return;
      case CharClass::mark:
      case CharClass::blank:
      case CharClass::other:
        break;
    }
    if (point.length == 1 && symbol(static_cast<char>(point.code))) return;
    position_ += point.length;
  }

  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  [[nodiscard]] CharClass class_at(std::size_t i) const {
    return i < text_.size() ? char_class(decode_at(text_, i).code) : CharClass::blank;
  }

  /// Comparison signs and percent are words; a minus before a digit is the number's sign.
  bool symbol(char c) {
    if ((c == '-' || c == '+') && is_ascii_digit(at(position_ + 1)) && opens_number()) {
      number(position_ + (c == '+' ? 1 : 0));
      return true;
    }
    if (c == '<' || c == '>' || c == '=' || (c == '!' && at(position_ + 1) == '=')) {
      const char next = at(position_ + 1);
      const bool two = next == '=' || (c == '<' && next == '>');
      emit(position_, position_ + (two ? 2 : 1));
      return true;
    }
    if (c == '%' && !tokens_.empty() && tokens_.back().end == position_) {
      emit(position_, position_ + 1);
      return true;
    }
    return false;
  }

  [[nodiscard]] bool opens_number() const {
    if (position_ == 0) return true;
    const char before = text_[position_ - 1];
    return before == ' ' || before == '(' || before == '=' || before == '<' || before == '>' ||
           before == '\'' || before == '"';
  }

  [[nodiscard]] std::size_t digits_from(std::size_t i) const {
    while (is_ascii_digit(at(i))) ++i;
    return i;
  }

  /// "2023-05-17", "5/17/2023", "17:30:05" from here; `start` itself if it is none of them.
  [[nodiscard]] std::size_t date_or_time(std::size_t start) const {
    const std::size_t first = digits_from(start);
    const char separator = at(first);
    if (first - start > 4 || (separator != '-' && separator != '/' && separator != ':')) {
      return start;
    }
    const std::size_t second = digits_from(first + 1);
    if (second == first + 1 || second - first > 3) return start;
    if (at(second) == separator) {
      const std::size_t third = digits_from(second + 1);
      if (third > second + 1 && third - second <= 5) return third;
    }
    const bool clock = separator == ':' && first - start <= 2 && second - first == 3;
    return clock ? second : start;
  }

  void number(std::size_t start) {
    std::size_t end = date_or_time(start);
    if (end == start || class_at(end) == CharClass::letter) {
      end = at(start) == '-' ? start + 1 : start;
      end = end_of_number(end);
    }
    // "1st", "747B", "3D": letters right behind make it a word.
    if (class_at(end) == CharClass::letter) {
      word(start, end);
      return;
    }
    emit(start, end);
  }

  [[nodiscard]] std::size_t end_of_number(std::size_t i) const {
    while (i < text_.size()) {
      const CodePoint point = decode_at(text_, i);
      if (char_class(point.code) == CharClass::digit) {
        i += point.length;
        continue;
      }
      const bool thousands = point.code == ',' && is_ascii_digit(at(i + 1)) &&
                             is_ascii_digit(at(i + 2)) && is_ascii_digit(at(i + 3)) &&
                             !is_ascii_digit(at(i + 4));
      const bool fraction = point.code == '.' && is_ascii_digit(at(i + 1));
      if (!thousands && !fraction) break;
      ++i;
    }
    return i;
  }

  void word(std::size_t start) { word(start, start); }

  void word(std::size_t start, std::size_t from) {
    if (const std::size_t acronym = end_of_acronym(start); acronym > start) {
      emit(start, acronym);
      return;
    }
    std::size_t end = from;
    while (end < text_.size()) {
      const CodePoint point = decode_at(text_, end);
      const CharClass kind = char_class(point.code);
      if (kind == CharClass::letter || kind == CharClass::mark || kind == CharClass::digit) {
        end += point.length;
        continue;
      }
      const bool joins = (point.code == '\'' || point.code == 0x2019 || point.code == '&') &&
                         end > start && class_at(end + point.length) == CharClass::letter;
      if (!joins) break;
      end += point.length;
    }
    // "C++", "C#", "A+": signs that end a word belong to it.
    std::size_t signs = end;
    while (signs - end < 2 && (at(signs) == '+' || at(signs) == '#')) ++signs;
    if (signs > end && class_at(signs) != CharClass::letter &&
        class_at(signs) != CharClass::digit) {
      end = signs;
    }
    emit_word(start, end);
  }

  /// "U.S.A." and "U.S.": single letters with points; `start` if it is none.
  [[nodiscard]] std::size_t end_of_acronym(std::size_t start) const {
    std::size_t i = start;
    int letters = 0;
    while (class_at(i) == CharClass::letter && at(i + 1) == '.' && (at(i) & 0x80) == 0) {
      i += 2;
      ++letters;
    }
    if (letters < 2) return start;
    if (class_at(i) == CharClass::letter) {  // "U.S.A": the last one has no point
      if (class_at(i + 1) == CharClass::letter) return start;
      return i + 1;
    }
    return i;
  }

  void emit_word(std::size_t start, std::size_t end) {
    std::size_t apostrophe = std::string_view::npos;
    std::size_t length = 1;
    for (std::size_t i = start; i < end; ++i) {
      if (text_[i] == '\'') {
        apostrophe = i;
        length = 1;
      } else if (text_.substr(i, 3) == "\u2019") {
        apostrophe = i;
        length = 3;
      }
    }
    if (apostrophe != std::string_view::npos && apostrophe > start) {
      const std::string tail =
          text::to_lower_ascii(text_.substr(apostrophe + length, end - apostrophe - length));
      if (tail == "t" && (text_[apostrophe - 1] == 'n' || text_[apostrophe - 1] == 'N') &&
          apostrophe - 1 > start) {
        emit(start, apostrophe - 1);
        emit(apostrophe - 1, end, "not");
        return;
      }
      if (tail == "s" || tail == "re" || tail == "ve" || tail == "ll" || tail == "d" ||
          tail == "m") {
        emit(start, apostrophe);
        position_ = end;
        return;
      }
    }
    emit(start, end);
  }

  void emit(std::size_t start, std::size_t end, std::string_view lower = {}) {
    position_ = end;
    if (tokens_.size() >= max_tokens_) {
      cut_ = true;
      return;
    }
    QuestionToken token;
    token.begin = start;
    token.end = end;
    token.text = text::to_valid_utf8(text_.substr(start, end - start));
    token.lower = lower.empty() ? text::fold_case(token.text) : std::string(lower);
    const std::string plain = fold_plain(token.lower);
    token.stem = is_number_text(plain) ? without(plain, ',') : stem(without_points(plain));
    tokens_.push_back(std::move(token));
  }

  static std::string without(std::string_view text, char c) {
    std::string result;
    for (const char each : text) {
      if (each != c) result += each;
    }
    return result;
  }

  /// "u.s.a." → "usa"; other words keep what they have.
  static std::string without_points(const std::string& plain) {
    return plain.find('.') != std::string::npos && !is_ascii_digit(plain.front())
               ? without(plain, '.')
               : plain;
  }

  std::string_view text_;
  std::size_t max_tokens_;
  std::size_t position_ = 0;
  bool cut_ = false;
  std::vector<QuestionToken> tokens_;
};

}  // namespace

std::vector<QuestionToken> tokenize_at_most(std::string_view text, std::size_t max_tokens,
                                            bool& cut) {
  Scanner scanner(text, max_tokens);
  auto tokens = scanner.run();
  cut = scanner.cut();
  return tokens;
}

std::vector<QuestionToken> tokenize(std::string_view text) {
  bool cut = false;
  return tokenize_at_most(text, std::numeric_limits<std::size_t>::max(), cut);
}

bool is_number_text(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || !is_ascii_digit(text.front())) return false;
  int points = 0;
  for (const char c : text) {
    if (c == '.') {
      ++points;
    } else if (!is_ascii_digit(c) && c != ',') {
      return false;
    }
  }
  return points <= 1;
}

bool starts_upper(std::string_view text) {
  return !text.empty() && is_upper(decode_at(text, 0).code);
}

}  // namespace idi::link
