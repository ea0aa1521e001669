#include "column_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "idi/core/schema.hpp"
#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> split_words(std::string_view words) {
  auto parts = text::split(words, ' ');
  std::erase(parts, "");
  return parts;
}

template <std::size_t N>
bool has_word(const std::array<std::string_view, N>& list, std::string_view words) {
  const auto parts = split_words(words);
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return contains(list, part); });
}

/// "sum(x)" with the function's name in `function` and "x" in `argument`; false for anything else,
/// "sum(x) / count(y)" too.
bool split_call(std::string_view text, std::string& function, std::string_view& argument) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || open == 0 || text.back() != ')') return false;
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0 && i + 1 < text.size()) return false;
  }
  if (depth != 0) return false;
  function = text::to_lower_ascii(text::trim(text.substr(0, open)));
  argument = text::trim(text.substr(open + 1, text.size() - open - 2));
  return std::all_of(function.begin(), function.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// "T1.\"Home Town\"" → "Home Town"; texts that are no plain name come back as they are.
std::string_view unqualified(std::string_view name) {
  name = text::trim(name);
  const auto dot = name.rfind('.');
  const bool plain = name.find_first_of("()*+/'%|<>= ") == std::string_view::npos;
  if (plain && dot != std::string_view::npos && dot + 1 < name.size()) name.remove_prefix(dot + 1);
  constexpr std::string_view quotes = "\"`[]";
  while (!name.empty() && quotes.find(name.front()) != std::string_view::npos)
    name.remove_prefix(1);
  while (!name.empty() && quotes.find(name.back()) != std::string_view::npos) name.remove_suffix(1);
  return name;
}

std::string plain_words(std::string_view name) {
  name = unqualified(name);
  // An expression keeps its operators: "price * quantity" is not "price quantity".
  if (name.find_first_of("()*+/'%|<>=") != std::string_view::npos) {
    return text::to_lower_ascii(name);
  }
  std::string words = natural_name_of(name);
  return words.empty() ? std::string{name} : words;
}

std::string plural(std::string words) {
  if (words.empty() || words.back() == 's') return words;
  const auto ends = [&](std::string_view end) { return words.ends_with(end); };
  if (ends("y") && words.size() > 1 &&
      std::string_view("aeiou").find(words[words.size() - 2]) == std::string_view::npos) {
    words.pop_back();
    return words + "ies";
  }
  if (ends("x") || ends("ch") || ends("sh") || ends("z")) return words + "es";
  return std::isalpha(static_cast<unsigned char>(words.back())) != 0 ? words + "s" : words;
}

/// The calendar part that an expression takes out of a time.
TimeUnit part_taken(const std::string& function, std::string_view argument) {
  const std::string lower = text::to_lower_ascii(argument);
  if (function == "strftime" || function == "date_format" || function == "to_char") {
    const auto begin = argument.find('\'');
    const auto end = begin == std::string_view::npos ? begin : argument.find('\'', begin + 1);
    if (end == std::string_view::npos) return TimeUnit::none;
    const auto format = argument.substr(begin + 1, end - begin - 1);
    if (format == "%Y" || format == "YYYY") return TimeUnit::year;
    if (format == "%m" || format == "MM" || format == "%M") return TimeUnit::month_of_year;
    if (format == "%w" || format == "%u") return TimeUnit::weekday;
    if (format == "%H" || format == "HH24") return TimeUnit::hour_of_day;
    if (format == "%d" || format == "DD") return TimeUnit::day_of_month;
    if (format == "%Y-%m" || format == "YYYY-MM") return TimeUnit::month;
    return TimeUnit::none;
  }
  std::string field = function;
  if (function == "extract") {
    field = lower.substr(0, lower.find(' '));
  } else if (function == "date_part" || function == "date_trunc") {
    const auto begin = lower.find('\'');
    const auto end = begin == std::string::npos ? begin : lower.find('\'', begin + 1);
    if (end == std::string::npos) return TimeUnit::none;
    field = lower.substr(begin + 1, end - begin - 1);
  }
  if (field == "year") return TimeUnit::year;
  if (field == "month") return TimeUnit::month_of_year;
  if (field == "quarter") return TimeUnit::quarter_of_year;
  if (field == "dow" || field == "isodow" || field == "dayofweek" || field == "weekday") {
    return TimeUnit::weekday;
  }
  if (field == "hour") return TimeUnit::hour_of_day;
  if (field == "day" || field == "dayofmonth") return TimeUnit::day_of_month;
  return TimeUnit::none;
}

std::string_view part_word(TimeUnit part) {
  switch (part) {
    case TimeUnit::year:
      return "year";
    case TimeUnit::month:
    case TimeUnit::month_of_year:
      return "month";
    case TimeUnit::quarter:
    case TimeUnit::quarter_of_year:
      return "quarter";
    case TimeUnit::weekday:
      return "weekday";
    case TimeUnit::hour_of_day:
      return "hour";
    default:
      return "day";
  }
}

/// "x AS INTEGER" → "x".
std::string_view without_cast(std::string_view argument) {
  const std::string lower = text::to_lower_ascii(argument);
  const auto as = lower.rfind(" as ");
  return as == std::string::npos ? argument : argument.substr(0, as);
}

void take_call_apart(const std::string& function, std::string_view argument, ColumnName& name) {
  if (function == "cast") {
    name = take_apart(without_cast(argument));
    return;
  }
  if (function == "round" || function == "coalesce" || function == "ifnull" || function == "abs") {
    // What follows the first argument says nothing about the meaning.
    int depth = 0;
    std::size_t end = 0;
    while (end < argument.size() && !(depth == 0 && argument[end] == ',')) {
      if (argument[end] == '(') ++depth;
      if (argument[end] == ')') --depth;
      ++end;
    }
    name = take_apart(argument.substr(0, end));
    return;
  }
  if (function == "count") name.measure = Measure::count;
  if (function == "sum" || function == "total") name.measure = Measure::sum;
  if (function == "avg" || function == "average" || function == "mean") {
    name.measure = Measure::average;
  }
  if (function == "min" || function == "max") {
    name.measure = Measure::extremum;
    name.highest = function == "max";
  }
  if (name.measure == Measure::unknown) {
    name.part = part_taken(function, argument);
    if (name.part != TimeUnit::none) name.inner = part_word(name.part);
    if (name.part == TimeUnit::none &&
        (function == "date" || function == "lower" || function == "upper" || function == "trim")) {
      name.inner = plain_words(argument);
    }
    return;
  }
  constexpr std::string_view distinct = "distinct";
  if (argument.size() > distinct.size() &&
      text::equals_ignoring_ascii_case(argument.substr(0, distinct.size()), distinct) &&
      (argument[distinct.size()] == ' ' || argument[distinct.size()] == '(')) {
    name.distinct = true;
    argument = text::trim(argument.substr(distinct.size()));
  }
  const auto star = argument.ends_with('*') && argument.find(' ') == std::string_view::npos;
  name.inner = star || argument == "1" ? std::string{} : plain_words(argument);
}

/// An alias that names its aggregate: "num_orders", "avg price", "total".
void read_alias(const std::string& words, ColumnName& name) {
  const auto parts = split_words(words);
  if (parts.empty()) return;
  const std::string& first = parts.front();
  if (parts.size() == 1 && (first == "count" || first == "sum" || first == "avg")) {
    name.measure = first == "count" ? Measure::count
                   : first == "sum" ? Measure::sum
                                    : Measure::average;
  } else if (parts.back() == "count" || first == "count" || first == "num" ||
             words.starts_with("number of ")) {
    name.measure = Measure::count;
    name.distinct =
        has_word(std::array<std::string_view, 3>{"distinct", "unique", "different"}, words);
  } else if (first == "avg" || first == "average" || first == "mean" || first == "median" ||
             parts.back() == "avg" || parts.back() == "average") {
    name.measure = Measure::average;
  } else if (first == "min" || first == "max" || first == "minimum" || first == "maximum" ||
             first == "lowest" || first == "highest") {
    name.measure = Measure::extremum;
  } else if (first == "sum") {
    name.measure = Measure::sum;
  }
}

}  // namespace

ColumnName take_apart(std::string_view column_name) {
  column_name = text::trim(column_name);
  ColumnName name;
  std::string function;
  std::string_view argument;
  if (!column_name.empty() && split_call(column_name, function, argument)) {
    take_call_apart(function, argument, name);
    if (name.inner.empty() && name.measure == Measure::unknown)
      name.inner = plain_words(column_name);
    return name;
  }
  name.inner = plain_words(column_name);
  read_alias(name.inner, name);
  return name;
}

std::string words_of(std::string_view column_name, Measure measure) {
  const bool is_call = column_name.find('(') != std::string_view::npos;
  const ColumnName name = take_apart(column_name);
  if (!is_call || name.measure == Measure::unknown) {
    if (name.inner == "count" && measure != Measure::none) return "number of rows";
    if (name.inner == "sum" && measure == Measure::sum) return "total";
    if (name.inner == "avg" && measure == Measure::average) return "average";
    return name.inner.empty() ? "column" : name.inner;
  }
  switch (name.measure) {
    case Measure::count: {
      if (name.inner.empty()) return "number of rows";
      std::string counted = name.inner;
      // Ids are counted for what they stand for.
      if (counted.size() > 3 && counted.ends_with(" id")) counted.resize(counted.size() - 3);
      return (name.distinct ? "number of different " : "number of ") + plural(counted);
    }
    case Measure::sum:
      return name.inner.starts_with("total") ? name.inner : "total " + name.inner;
    case Measure::average:
      return "average " + name.inner;
    default:
      return (name.highest ? "highest " : "lowest ") + name.inner;
  }
}

std::string column_label(std::string_view column_name, const ColumnHint& hint) {
  return hint.label.empty() ? words_of(column_name, hint.measure) : hint.label;
}

bool names_an_identifier(std::string_view words) {
  constexpr std::array<std::string_view, 29> anywhere = {
      "phone",    "telephone", "fax", "mobile", "zip",     "zipcode", "postal",  "postcode",
      "isbn",     "issn",      "ssn", "iban",   "uuid",    "guid",    "barcode", "sku",
      "latitude", "longitude", "lat", "lng",    "version", "ean",     "vin",     "ranking",
      "rank",     "upc",       "tel", "pin",    "passport"};
  constexpr std::array<std::string_view, 9> at_end = {"id", "ids", "key",    "code",      "no",
                                                      "nr", "pk",  "number", "identifier"};
  // Words that end in "id" by chance.
  constexpr std::array<std::string_view, 14> no_ids = {"paid",  "unpaid", "bid",   "grid", "valid",
                                                       "aid",   "raid",   "fluid", "acid", "solid",
                                                       "humid", "mid",    "void",  "kid"};
  const auto parts = split_words(words);
  if (parts.empty()) return false;
  if (has_word(anywhere, words)) return true;
  if (contains(at_end, parts.back()) && (parts.size() > 1 || parts.back() != "number")) return true;
  if (parts.back() == "num" && parts.size() > 1) return true;
  return parts.back().size() > 2 && parts.back().ends_with("id") && !contains(no_ids, parts.back());
}

bool names_a_year(std::string_view words) {
  constexpr std::array<std::string_view, 11> years = {
      "year",       "yr",     "founded", "established", "born",   "built",
      "introduced", "opened", "since",   "season",      "vintage"};
  return has_word(years, words);
}

TimeUnit names_a_part(std::string_view words) {
  const auto parts = split_words(words);
  if (parts.empty()) return TimeUnit::none;
  if (words == "day of week" || parts.back() == "weekday" || words == "dow") {
    return TimeUnit::weekday;
  }
  if (parts.back() == "month") return TimeUnit::month_of_year;
  if (parts.back() == "quarter") return TimeUnit::quarter_of_year;
  if (words == "hour" || words == "hour of day") return TimeUnit::hour_of_day;
  if (words == "day" || words == "day of month") return TimeUnit::day_of_month;
  return TimeUnit::none;
}

bool names_a_share(std::string_view words) {
  constexpr std::array<std::string_view, 8> shares = {"share",      "percent",  "percentage", "pct",
                                                      "proportion", "fraction", "portion",    "%"};
  return has_word(shares, words) || words.find('%') != std::string_view::npos;
}

bool names_a_label(std::string_view words) {
  constexpr std::array<std::string_view, 6> labels = {"name",  "title",       "label",
                                                      "model", "description", "names"};
  return has_word(labels, words);
}

PersonName names_a_person(std::string_view words) {
  constexpr std::array<std::string_view, 6> first = {"first name", "fname",     "given name",
                                                     "forename",   "firstname", "first"};
  constexpr std::array<std::string_view, 6> last = {"last name", "lname",       "surname",
                                                    "lastname",  "family name", "last"};
  if (contains(first, words)) return PersonName::first;
  if (contains(last, words)) return PersonName::last;
  return PersonName::none;
}

}  // namespace idi::chart
