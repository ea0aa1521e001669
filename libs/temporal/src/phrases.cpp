// From left to right: at each word the longest phrase that a rule finds. Afterwards, months and
// days without a year take the one that their list or range says.
#include "idi/temporal/phrases.hpp"

#include "rules.hpp"

namespace idi::temporal {
namespace {

struct Found {
  std::size_t begin = 0;
  Match match;
};

std::optional<Match> phrase_at(const Reader& reader, std::size_t i) {
  return longest(
      {numeric_date,   day_and_month, yearly_of_year, yearly_alone, bare_year,      week_number,
       half_of_year,   decade,        century,        fiscal_year,  fiscal_quarter, near_day,
       to_date,        unit_by_turn,  yearly_by_turn, weekday,      several_units,  ago,
       same_last_year, part_of,       third_of},
      reader, i);
}

/// "between July and September 2023", "from May to July", "May and June 2022".
void share_years(const Reader& reader, std::vector<Found>& found) {
  for (std::size_t i = found.size(); i-- > 1;) {
    Found& first = found[i - 1];
    const Found& second = found[i];
    const std::size_t between = second.begin - first.match.end;
    const bool joined =
        between == 0 || (between == 1 && reader.is(first.match.end, {"and", "or", "to", "through",
                                                                     "thru", "until", "till"}));
    if (!joined || !first.match.yearly || first.match.year_said || !second.match.yearly) continue;
    const bool takes_year = second.match.year_said;
    if (!takes_year && first.match.days.begin <= second.match.days.begin) continue;
    const int year = year_of(second.match.days.begin);
    DaySpan days = first.match.yearly(year);
    if (days.begin > second.match.days.begin) days = first.match.yearly(year - 1);
    if (!is_sayable(days)) continue;
    first.match.days = days;
    first.match.year_said = takes_year;
    first.match.relative = second.match.relative;
  }
}

}  // namespace

std::optional<Match> longest(std::initializer_list<Rule> rules, const Reader& reader,
                             std::size_t i) {
  std::optional<Match> best;
  for (const Rule rule : rules) {
    auto match = rule(reader, i);
    if (!match || !is_sayable(match->days) || (best && match->end <= best->end)) continue;
    if (!match->certain && reader.is_taken(i, match->end)) continue;
    best = std::move(match);
  }
  return best;
}

std::vector<Phrase> find_phrases(std::span<const Word> words, const Calendar& calendar) {
  Reader reader(words, calendar);
  std::vector<Found> found;
  for (std::size_t i = 0; i < words.size();) {
    auto match = phrase_at(reader, i);
    if (!match) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    i = match->end;
    reader.set_last_end(i);
    found.push_back({begin, std::move(*match)});
  }
  share_years(reader, found);
  std::vector<Phrase> phrases;
  for (const Found& each : found) {
    phrases.push_back({each.begin, each.match.end, text_of(each.match.days), each.match.relative});
  }
  return phrases;
}

}  // namespace idi::temporal
