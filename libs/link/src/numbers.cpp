#include "numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "tokens.hpp"

namespace idi::link {
namespace {

struct NumberWord {
  std::string_view word;
  std::int64_t value;
};
constexpr auto units = std::to_array<NumberWord>({
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
    {"seventy", 70}, {"eighty", 80},  {"ninety", 90},    {"dozen", 12},    {"once", 1},
    {"twice", 2},    {"single", 1},
});
constexpr auto scales = std::to_array<NumberWord>({
    {"hundred", 100},
    {"thousand", 1'000},
    {"million", 1'000'000},
    {"billion", 1'000'000'000},
    {"dozen", 12},
    {"k", 1'000},
    {"m", 1'000'000},
});
constexpr auto ordinals = std::to_array<NumberWord>({
    {"first", 1},
    {"second", 2},
    {"third", 3},
    {"fourth", 4},
    {"fifth", 5},
    {"sixth", 6},
    {"seventh", 7},
    {"eighth", 8},
    {"ninth", 9},
    {"tenth", 10},
});
constexpr auto short_scales = std::to_array<NumberWord>({
    {"k", 1'000},
    {"mn", 1'000'000},
    {"mln", 1'000'000},
    {"bn", 1'000'000'000},
});
constexpr auto fractions = std::to_array<NumberWord>({
    {"half", 2},
    {"halves", 2},
    {"third", 3},
    {"thirds", 3},
    {"quarter", 4},
    {"quarters", 4},
    {"fifth", 5},
    {"fifths", 5},
    {"tenth", 10},
    {"tenths", 10},
});
constexpr auto units_of_measure = std::to_array<std::string_view>({
    "cm", "m",  "mm",  "km",   "kg",  "g",    "lb", "lbs", "ft", "mph", "kmh", "hp",
    "gb", "mb", "min", "mins", "sec", "secs", "ms", "hrs", "h",  "usd", "eur", "yrs",
});
template <std::size_t N>
std::optional<std::int64_t> value_in(const std::array<NumberWord, N>& words,
                                     std::string_view word) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& each) { return each.word == word; });
  return found == words.end() ? std::nullopt : std::optional(found->value);
}

std::optional<int> small_int(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// As SQL writes it: without an exponent, without zeros at the end.
std::string plain_text(double value) {
  std::string text = fmt::format("{:.4f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// The digits that a word begins with, and what is behind them: "2.5k" → "2.5", "k".
struct DigitsAndRest {
  std::string_view digits, rest;
};
std::optional<DigitsAndRest> split_digits(std::string_view lower) {
  const std::size_t end = lower.find_first_not_of("0123456789.");
  if (end == 0 || end == std::string_view::npos || !is_number_text(lower.substr(0, end))) {
    return std::nullopt;
  }
  return DigitsAndRest{lower.substr(0, end), lower.substr(end)};
}

/// "180cm" → "180", "2.5k" → "2500".
std::optional<std::string> number_with_unit(std::string_view lower) {
  const auto parts = split_digits(lower);
  if (!parts) return std::nullopt;
  if (const auto scale = value_in(short_scales, parts->rest)) {
    return plain_text(std::strtod(std::string(parts->digits).c_str(), nullptr) *
                      static_cast<double>(*scale));
  }
  const bool unit = std::find(units_of_measure.begin(), units_of_measure.end(), parts->rest) !=
                    units_of_measure.end();
  return unit ? std::optional(std::string(parts->digits)) : std::nullopt;
}

/// The tokens of a question by place, with nothing beyond the ends.
class Words {
 public:
  Words(const std::vector<QuestionToken>& tokens, std::size_t begin)
      : tokens_(tokens), begin_(begin) {}
  [[nodiscard]] std::string_view at(std::size_t i) const {
    return begin_ + i < tokens_.size() ? std::string_view(tokens_[begin_ + i].lower)
                                       : std::string_view();
  }
  [[nodiscard]] std::string_view before() const {
    return begin_ == 0 ? std::string_view() : std::string_view(tokens_[begin_ - 1].lower);
  }
  [[nodiscard]] std::size_t begin() const { return begin_; }

 private:
  const std::vector<QuestionToken>& tokens_;
  std::size_t begin_;
};

bool is_article(std::string_view word) { return word == "a" || word == "an"; }

/// "1.5 million", "20 thousand", "1,000".
NumberPhrase in_digits(const std::string& plain, const Words& words) {
  NumberPhrase phrase;
  phrase.text = plain;
  phrase.token_end = words.begin() + 1;
  const auto scale = value_in(scales, words.at(1));
  if (!scale || words.at(1).size() == 1) return phrase;
  if (const auto value = small_int(plain)) {
    phrase.text = fmt::format("{}", *value * *scale);
    ++phrase.token_end;
  } else if (plain.find('.') != std::string::npos) {
    phrase.text =
        fmt::format("{:.0f}", std::strtod(plain.c_str(), nullptr) * static_cast<double>(*scale));
    ++phrase.token_end;
  }
  return phrase;
}

/// "half of", "a third of", "two thirds of", "half the".
std::optional<NumberPhrase> fraction(const Words& words) {
  std::int64_t above = 1;
  std::size_t at = 0;
  const auto numerator = value_in(units, words.at(0));
  if (numerator && *numerator >= 1 && *numerator < 10) {
    above = *numerator;
    at = 1;
  }
  const auto below = value_in(fractions, words.at(at));
  if (!below || above >= *below) return std::nullopt;
  const bool half = words.at(at) == "half";
  const bool of = words.at(at + 1) == "of";
  const bool the = half && at == 0 && words.at(1) == "the";
  const bool said = half || at == 1 || is_article(words.before());  // not "the third of May"
  if (!said || (!of && !the)) return std::nullopt;
  const double value = static_cast<double>(above) / static_cast<double>(*below);
  NumberPhrase phrase;
  phrase.text = plain_text(value);
  phrase.percent = fmt::format("{}", plain_text(static_cast<int>(value * 10'000 + 0.5) / 100.0));
  phrase.token_end = words.begin() + at + 1;
  phrase.in_words = true;
  return phrase;
}

/// "half a million", "a couple of", "a hundred", "double the".
std::optional<NumberPhrase> idiom(const Words& words) {
  const auto found = [&](std::int64_t value, std::size_t length) {
    NumberPhrase phrase;
    phrase.text = fmt::format("{}", value);
    phrase.token_end = words.begin() + length;
    phrase.in_words = true;
    return phrase;
  };
  if (words.at(0) == "half" && is_article(words.at(1))) {
    const auto scale = value_in(scales, words.at(2));
    if (scale && words.at(2).size() > 1) return found(*scale / 2, 3);
  }
  if (words.at(0) == "couple" && words.at(1) == "of" && words.before() == "a") return found(2, 1);
  if (is_article(words.before()) && words.at(0).size() > 1 && words.at(0) != "dozen") {
    const auto scale = value_in(scales, words.at(0));
    const bool more = value_in(units, words.at(1)) || value_in(scales, words.at(1));
    if (scale && !more) return found(*scale, 1);
  }
  if (words.at(1) == "the" || words.at(1) == "that") {
    if (words.at(0) == "double") return found(2, 1);
    if (words.at(0) == "triple") return found(3, 1);
  }
  return std::nullopt;
}

/// "twenty five", "two hundred", "three hundred and five", "three million".
std::optional<NumberPhrase> in_words(const Words& words) {
  constexpr std::size_t max_words = 8;
  std::int64_t total = 0;
  std::int64_t group = -1;
  std::size_t i = 0;
  // "between one hundred and five hundred" are two numbers.
  const bool in_range = words.before() == "between" || words.before() == "from";
  for (; i < max_words && !words.at(i).empty(); ++i) {
    const std::string_view word = words.at(i);
    const bool round = group >= 100 && group % 100 == 0;
    const bool starts_group = group < 0 || (group == 0 && total > 0);
    const auto unit = value_in(units, word);
    const bool ends_group =
        unit && ((group >= 20 && group % 10 == 0 && *unit < 10) || (round && *unit < 100));
    if (unit && word != "dozen" && (starts_group || ends_group)) {
      group = std::max<std::int64_t>(group, 0) + *unit;
    } else if (word == "dozen" && group < 0) {
      group = 12;
    } else if (const auto scale = value_in(scales, word); scale && group > 0 && word.size() > 1) {
      if (*scale == 100 || *scale == 12) {
        group *= *scale;
      } else {
        total += group * *scale;
        group = 0;
      }
    } else {
      const auto next = value_in(units, words.at(i + 1));
      const bool goes_on = word == "and" && !in_range && next && *next > 0 && *next < 100 &&
                           (round || (group == 0 && total > 0)) &&
                           !value_in(scales, words.at(i + 2));
      if (!goes_on) break;
    }
  }
  if (i == 0) return std::nullopt;
  NumberPhrase phrase;
  phrase.text = fmt::format("{}", total + std::max<std::int64_t>(group, 0));
  phrase.token_end = words.begin() + i;
  phrase.in_words = true;
  return phrase;
}

}  // namespace

std::optional<NumberPhrase> number_at(const std::vector<QuestionToken>& tokens, std::size_t begin) {
  const QuestionToken& token = tokens[begin];
  const Words words(tokens, begin);
  if (is_number_text(token.stem)) return in_digits(token.stem, words);
  if (auto found = fraction(words)) return found;
  if (auto found = idiom(words)) return found;
  NumberPhrase phrase;
  phrase.token_end = begin + 1;
  if (const auto ordinal = value_in(ordinals, token.lower)) {
    phrase.text = fmt::format("{}", *ordinal);
    phrase.in_words = phrase.ordinal = true;
    return phrase;
  }
  if (token.lower.size() > 2 && token.lower.size() < 6) {
    const std::string_view ending = std::string_view(token.lower).substr(token.lower.size() - 2);
    const auto value = small_int(token.lower.substr(0, token.lower.size() - 2));
    if (value && (ending == "st" || ending == "nd" || ending == "rd" || ending == "th")) {
      phrase.text = fmt::format("{}", *value);
      phrase.ordinal = true;
      return phrase;
    }
  }
  if (auto value = number_with_unit(token.lower)) {
    phrase.text = std::move(*value);
    return phrase;
  }
  return in_words(words);
}

}  // namespace idi::link
