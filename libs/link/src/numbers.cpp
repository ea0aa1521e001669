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
constexpr auto months = std::to_array<std::string_view>({
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
});
constexpr auto units_of_measure = std::to_array<std::string_view>({
    "cm", "m",  "mm",  "km",   "kg",  "g",    "lb", "lbs", "ft", "mph", "kmh", "hp",
    "gb", "mb", "min", "mins", "sec", "secs", "ms", "hrs", "h",  "usd", "eur", "yrs",
});
constexpr auto words_before_years = std::to_array<std::string_view>({
    "in",     "since",  "before", "after",  "until",   "till",   "from", "by",
    "during", "year",   "years",  "of",     "between", "and",    "to",   "or",
    "than",   "season", "spring", "summer", "fall",    "winter",
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

/// "March", "Mar" (capitalised, for "may" and "mar" are words too) → 1–12.
std::optional<int> month_of(const QuestionToken& token) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    const std::string_view month = months[i];
    const bool full = token.lower == month;
    const bool cut = starts_upper(token.text) && token.lower.size() >= 3 &&
                     token.lower.size() <= 4 && month.starts_with(token.lower);
    if ((full && (month != "may" || starts_upper(token.text))) || cut) {
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

std::optional<int> year_of(const QuestionToken& token) {
  if (token.text.size() != 4) return std::nullopt;
  const auto year = small_int(token.text);
  return year && *year >= 1500 && *year <= 2200 ? year : std::nullopt;
}

/// "5", "05", "5th".
std::optional<int> day_of(const QuestionToken& token) {
  std::string_view text = token.lower;
  if (text.ends_with("st") || text.ends_with("nd") || text.ends_with("rd") ||
      text.ends_with("th")) {
    text.remove_suffix(2);
  }
  if (text.empty() || text.size() > 2) return std::nullopt;
  const auto day = small_int(text);
  return day && *day >= 1 && *day <= 31 ? day : std::nullopt;
}

/// "2023-05-17", "2023/5/17", "5/17/2023" in one token.
std::optional<std::string> numeric_date(std::string_view text) {
  const std::size_t first = text.find_first_of("-/");
  if (first == std::string_view::npos || first == 0) return std::nullopt;
  const std::size_t second = text.find(text[first], first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto a = small_int(text.substr(0, first));
  const auto b = small_int(text.substr(first + 1, second - first - 1));
  const auto c = small_int(text.substr(second + 1));
  if (!a || !b || !c) return std::nullopt;
  const bool year_first = first == 4;
  const int year = year_first ? *a : *c;
  int month = year_first ? *b : *a;
  int day = year_first ? *c : *b;
  if (month > 12 && day <= 12) std::swap(month, day);  // 17/5/2023
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// "180cm" → "180".
std::optional<std::string> number_with_unit(std::string_view lower) {
  const std::size_t digits = lower.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
  const bool unit = std::find(units_of_measure.begin(), units_of_measure.end(),
                              lower.substr(digits)) != units_of_measure.end();
  return unit ? std::optional(std::string(lower.substr(0, digits))) : std::nullopt;
}

bool follows_word_of_time(const std::vector<QuestionToken>& tokens, std::size_t begin) {
  return begin > 0 && std::find(words_before_years.begin(), words_before_years.end(),
                                tokens[begin - 1].lower) != words_before_years.end();
}

}  // namespace

std::optional<NumberPhrase> number_at(const std::vector<QuestionToken>& tokens, std::size_t begin) {
  const QuestionToken& token = tokens[begin];
  NumberPhrase phrase;
  phrase.token_end = begin + 1;
  if (is_number_text(token.stem)) {
    phrase.text = token.stem;
    const auto scale =
        begin + 1 < tokens.size() ? value_in(scales, tokens[begin + 1].lower) : std::nullopt;
    const auto value = small_int(token.stem);
    if (scale && value && tokens[begin + 1].lower.size() > 1) {
      phrase.text = fmt::format("{}", *value * *scale);
      ++phrase.token_end;
    } else if (scale && token.stem.find('.') != std::string::npos &&
               tokens[begin + 1].lower.size() > 1) {
      phrase.text = fmt::format(
          "{:.0f}", std::strtod(token.stem.c_str(), nullptr) * static_cast<double>(*scale));
      ++phrase.token_end;
    }
    return phrase;
  }
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
    const auto thousands = small_int(token.lower.substr(0, token.lower.size() - 1));
    if (thousands && token.lower.back() == 'k') {
      phrase.text = fmt::format("{}", static_cast<std::int64_t>(*thousands) * 1000);
      return phrase;
    }
  }
  if (auto value = number_with_unit(token.lower)) {
    phrase.text = std::move(*value);
    return phrase;
  }
  // Words: "twenty five", "two hundred", "three million".
  std::int64_t total = 0;
  std::int64_t group = -1;
  std::size_t i = begin;
  constexpr std::size_t max_words = 6;
  for (; i < std::min(tokens.size(), begin + max_words); ++i) {
    const std::string& word = tokens[i].lower;
    const auto unit = value_in(units, word);
    const bool starts_group = group < 0 || (group == 0 && total > 0);
    const bool ends_group = unit && group >= 20 && group % 10 == 0 && *unit < 10;
    if (unit && (starts_group || ends_group)) {
      group = std::max<std::int64_t>(group, 0) + *unit;
    } else if (const auto scale = value_in(scales, word); scale && group > 0 && word.size() > 1) {
      if (*scale == 100 || *scale == 12) {
        group *= *scale;
      } else {
        total += group * *scale;
        group = 0;
      }
    } else {
      break;
    }
  }
  if (i == begin) return std::nullopt;
  phrase.text = fmt::format("{}", total + std::max<std::int64_t>(group, 0));
  phrase.token_end = i;
  phrase.in_words = true;
  return phrase;
}

std::optional<DatePhrase> date_at(const std::vector<QuestionToken>& tokens, std::size_t begin) {
  const auto token = [&](std::size_t i) { return i < tokens.size() ? &tokens[i] : nullptr; };
  const QuestionToken& first = tokens[begin];
  if (auto iso = numeric_date(first.text)) return DatePhrase{*iso, begin + 1};
  const QuestionToken* second = token(begin + 1);
  const QuestionToken* third = token(begin + 2);
  if (const auto month = month_of(first); month && second != nullptr) {
    if (const auto day = day_of(*second)) {  // May 5, 2021
      const auto year = third != nullptr ? year_of(*third) : std::nullopt;
      return year ? DatePhrase{fmt::format("{:04}-{:02}-{:02}", *year, *month, *day), begin + 3}
                  : DatePhrase{fmt::format("{:02}-{:02}", *month, *day), begin + 2};
    }
    if (const auto year = year_of(*second)) {  // May 2021
      return DatePhrase{fmt::format("{:04}-{:02}", *year, *month), begin + 2};
    }
  }
  if (const auto day = day_of(first); day && second != nullptr) {  // 5 May 2021, 5th of May
    std::size_t at = begin + 1;
    if (second->lower == "of" && third != nullptr) ++at;
    if (const auto month = month_of(tokens[at])) {
      const auto year = token(at + 1) != nullptr ? year_of(tokens[at + 1]) : std::nullopt;
      return year ? DatePhrase{fmt::format("{:04}-{:02}-{:02}", *year, *month, *day), at + 2}
                  : DatePhrase{fmt::format("{:02}-{:02}", *month, *day), at + 1};
    }
  }
  if (year_of(first) && follows_word_of_time(tokens, begin)) {
    return DatePhrase{first.text, begin + 1};
  }
  return std::nullopt;
}

}  // namespace idi::link
