#include "part_times.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/temporal/phrases.hpp"
#include "samples.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: parts are pieces of queries
using ir::Function;

std::string iso(temporal::Day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

/// What the whole phrase means by the rules that read questions; nullopt if they do not read it.
std::optional<temporal::DaySpan> meaning_of(const std::string& words,
                                            const temporal::Calendar& calendar) {
  const std::vector<std::string> texts = text::split(words, ' ');
  std::vector<std::string> lower;
  lower.reserve(texts.size());
  for (const std::string& word : texts) lower.push_back(text::to_lower_ascii(word));
  std::vector<temporal::Word> read;
  for (std::size_t i = 0; i < texts.size(); ++i) read.push_back({texts[i], lower[i]});
  const auto phrases = temporal::find_phrases(read, calendar);
  if (phrases.size() != 1) return std::nullopt;
  const auto span = temporal::day_span(phrases.front().text);
  if (!span) return std::nullopt;
  return *span;
}

class Drawing {
 public:
  Drawing(Parts& parts, ColumnRef time, const temporal::Calendar& calendar)
      : parts_(parts), time_(time), calendar_(calendar) {
    const auto cell = parts.cell_of(time, 30);
    if (cell && looks_like_date(*cell) && looks_like_number(cell->substr(0, 4))) date_ = *cell;
  }

  std::optional<TimeCondition> draw() {
    if (date_.empty()) return std::nullopt;
    switch (pick(parts_.random(), 10)) {
      case 0:
      case 1:
      case 2:
        return years();
      case 3:
        return month();
      case 4:
        return absolute();
      default:
        return relative();
    }
  }

 private:
  ir::ConditionPtr year(Comparison op, const std::string& number) {
    return test(part(Function::year, time_), op, build::number(number));
  }

  TimeCondition years() {
    const std::string year_text = date_.substr(0, 4);
    switch (pick(parts_.random(), 7)) {
      case 0:
        return {parts_.say("{since |from |in or after |starting in |as of }") + year_text,
                year(Comparison::greater_equal, year_text)};
      case 1:
        return {parts_.say("{before |prior to |earlier than }") + year_text,
                year(Comparison::less, year_text)};
      case 2:
        return {parts_.say("{after |later than }") + year_text,
                year(Comparison::greater, year_text)};
      case 3: {
        const std::string last =
            std::to_string(std::stoi(year_text) + 1 + static_cast<int>(pick(parts_.random(), 4)));
        const bool between_words = parts_.maybe(0.5);
        return {(between_words ? "between " : "from ") + year_text +
                    (between_words ? " and " : " to ") + last,
                between(part(Function::year, time_), number(year_text), number(last))};
      }
      default:
        return {parts_.say("{in |in |during |for |in the year }") + year_text,
                year(Comparison::equal, year_text)};
    }
  }

  std::string month_words(const std::string& joint) {
    return std::string(month_name(std::stoi(date_.substr(5, 2)))) + joint + date_.substr(0, 4);
  }

  std::optional<TimeCondition> month() {
    const int number = std::stoi(date_.substr(5, 2));
    if (number < 1 || number > 12) return std::nullopt;
    const std::string words = month_words(" ");
    if (parts_.maybe(0.55)) {
      return TimeCondition{
          parts_.say("{in |in |during |for }") + words,
          test(part(Function::month, time_), Comparison::equal, text(date_.substr(0, 7)))};
    }
    return bounded(words);
  }

  /// Since, before, after or until the phrase.
  std::optional<TimeCondition> bounded(const std::string& words) {
    const auto span = meaning_of(words, calendar_);
    if (!span) return std::nullopt;
    const auto than = [&](Comparison op, temporal::Day day) {
      return test(column(time_), op, text(iso(day)));
    };
    switch (pick(parts_.random(), 4)) {
      case 0:
        return TimeCondition{parts_.say("{before |prior to }") + words,
                             than(Comparison::less, span->begin)};
      case 1:
        return TimeCondition{"after " + words, than(Comparison::greater_equal, span->end)};
      default:
        return TimeCondition{
            parts_.say("{since |since |starting |since the beginning of }") + words,
            than(Comparison::greater_equal, span->begin)};
    }
  }

  std::optional<TimeCondition> within(const std::string& preposition, const std::string& words) {
    const auto span = meaning_of(words, calendar_);
    if (!span) return std::nullopt;
    ir::And both;
    both.parts = {test(column(time_), Comparison::greater_equal, text(iso(span->begin))),
                  test(column(time_), Comparison::less, text(iso(span->end)))};
    return TimeCondition{preposition + words,
                         std::make_shared<ir::Condition>(ir::Condition{std::move(both)})};
  }

  std::optional<TimeCondition> absolute() {
    const std::string year_text = date_.substr(0, 4);
    const int month_number = std::stoi(date_.substr(5, 2));
    const int day_number = std::stoi(date_.substr(8, 2));
    if (month_number < 1 || month_number > 12 || day_number < 1) return std::nullopt;
    switch (pick(parts_.random(), 4)) {
      case 0: {
        const std::string quarter = std::to_string((month_number + 2) / 3);
        constexpr std::string_view ordinals[] = {"first", "second", "third", "fourth"};
        const std::string ordinal{ordinals[(month_number - 1) / 3]};
        return within(parts_.say("{in |during |for |in }"),
                      parts_.say("{Q" + quarter + " " + year_text + "|Q" + quarter + " of " +
                                 year_text + "|the " + ordinal + " quarter of " + year_text + "}"));
      }
      case 1: {
        const std::string decade = year_text.substr(0, 3) + "0s";
        return within("in ", parts_.say("{the " + decade + "|the " + decade.substr(2) + "}"));
      }
      case 2: {
        const std::string day = std::to_string(day_number);
        const std::string words = parts_.say("{" + day + " " + month_words(" ") + "|" +
                                             std::string(month_name(month_number)) + " " + day +
                                             ", " + year_text + "|" + date_.substr(0, 10) + "}");
        return parts_.maybe(0.5) ? within("on ", words) : bounded(words);
      }
      default: {
        const std::string first{month_name(month_number)};
        const std::string last{month_name(1 + static_cast<int>(pick(parts_.random(), 12)))};
        return within("", parts_.say("{between " + first + " and " + last + " " + year_text +
                                     "|from " + first + " to " + last + " " + year_text + "}"));
      }
    }
  }

  std::optional<TimeCondition> relative() {
    Random& random = parts_.random();
    const std::string unit = parts_.say("{day|week|month|quarter|year}");
    const std::string count = std::to_string(2 + pick(random, 11));
    const std::string days = parts_.say("{7|10|14|30|60|90|180|100}");
    const std::string month{month_name(1 + static_cast<int>(pick(random, 12)))};
    const std::string of_week =
        parts_.say("{Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday}");
    switch (pick(random, 12)) {
      case 0:
      case 1:
        return within("", parts_.say("{last week|last month|last quarter|last year}"));
      case 2:
        return within("", parts_.say("{this week|this month|this quarter|this year|today}"));
      case 3:
        return within("", "yesterday");
      case 4:
        return within(parts_.say("{in |over |within |during |for }"),
                      parts_.say("{the last |the past }") + days + " days");
      case 5:
        return within(parts_.say("{in |over |within |during }"),
                      parts_.say("{the last |the past }") + count + " " + unit + "s");
      case 6:
        return within("", parts_.say("{year to date|month to date|so far this year|this year so "
                                     "far|quarter to date}"));
      case 7:
        return within("in ", month);
      case 8:
        return bounded(month);
      case 9:
        return bounded(parts_.say("{last week|last month|yesterday|last year|this month|last " +
                                  of_week + "}"));
      case 10:
        return within(parts_.say("{in |during }"),
                      parts_.say("{the previous |the current }") + unit);
      default:
        return within("", parts_.say("{last |the last }") + of_week);
    }
  }

  Parts& parts_;
  const ColumnRef time_;
  const temporal::Calendar& calendar_;
  std::string date_;
};

}  // namespace

std::optional<TimeCondition> draw_time(Parts& parts, ColumnRef time,
                                       const temporal::Calendar& calendar) {
  return Drawing(parts, time, calendar).draw();
}

}  // namespace idi::synth
