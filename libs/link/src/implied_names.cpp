#include "implied_names.hpp"

#include <algorithm>
#include <array>

namespace idi::link {
namespace {

constexpr std::string_view age = "age birth born birthday birthdate year";
constexpr std::string_view time = "date time year day month";
constexpr std::string_view place = "location city address country place state street venue region";
constexpr std::string_view price = "price cost amount fee charge rate value total";
constexpr std::string_view size = "size area population capacity";
constexpr std::string_view person = "name";

// Sorted by trigger.
constexpr auto entries = std::to_array<ImpliedName>({
    {"arrive", "arrival destination"},
    {"arrives", "arrival destination"},
    {"arriving", "arrival destination"},
    {"biggest", size},
    {"born", "birth birthday birthdate birthplace hometown"},
    {"bought", "purchase order"},
    {"called", "name title"},
    {"cheap", price},
    {"cheaper", price},
    {"cheapest", price},
    {"cost", price},
    {"costs", price},
    {"crowded", "capacity attendance population"},
    {"deep", "depth"},
    {"deeper", "depth"},
    {"deepest", "depth"},
    {"depart", "departure source origin"},
    {"departing", "departure source origin"},
    {"departs", "departure source origin"},
    {"died", "death"},
    {"earliest", time},
    {"earn", "salary earnings income pay wage money"},
    {"earned", "salary earnings income pay wage money"},
    {"earning", "salary earnings income pay wage money"},
    {"earns", "salary earnings income pay wage money"},
    {"expensive", price},
    {"farthest", "distance"},
    {"fast", "speed time pace"},
    {"faster", "speed time pace"},
    {"fastest", "speed time pace"},
    {"female", "sex gender"},
    {"females", "sex gender"},
    {"girls", "sex gender"},
    {"heavier", "weight mass"},
    {"heaviest", "weight mass"},
    {"heavy", "weight mass"},
    {"higher", "height elevation altitude rate"},
    {"highest", "height elevation altitude rate"},
    {"how far", "distance"},
    {"how heavy", "weight mass"},
    {"how large", size},
    {"how long", "length duration time distance"},
    {"how many", "number count quantity amount total"},
    {"how much", "price cost amount total quantity salary budget"},
    {"how old", age},
    {"how tall", "height elevation"},
    {"large", size},
    {"larger", size},
    {"largest", size},
    {"last", time},
    {"latest", time},
    {"lightest", "weight mass"},
    {"live", "city address country location residence hometown"},
    {"lived", "city address country location residence hometown"},
    {"lives", "city address country location residence hometown"},
    {"living", "city address country location residence hometown"},
    {"located", place},
    {"long", "length duration distance"},
    {"longer", "length duration distance"},
    {"longest", "length duration distance"},
    {"male", "sex gender"},
    {"males", "sex gender"},
    {"men", "sex gender"},
    {"most recent", time},
    {"named", "name title"},
    {"names", "name title"},
    {"newest", time},
    {"old", age},
    {"older", age},
    {"oldest", age},
    {"paid", "salary payment amount price pay"},
    {"people", "name population"},
    {"popular", "popularity rating"},
    {"populated", "population"},
    {"populous", "population"},
    {"recent", time},
    {"recently", time},
    {"rich", "worth wealth income money"},
    {"richest", "worth wealth income money"},
    {"short", "length duration height"},
    {"shorter", "length duration height"},
    {"shortest", "length duration height"},
    {"slowest", "speed time pace"},
    {"smallest", size},
    {"spend", "amount cost price"},
    {"spent", "amount cost price"},
    {"strongest", "strength power"},
    {"tall", "height"},
    {"taller", "height"},
    {"tallest", "height"},
    {"what day", time},
    {"when", time},
    {"where", place},
    {"which day", time},
    {"who", person},
    {"whose", person},
    {"women", "sex gender"},
    {"worth", "price value cost amount"},
    {"year", "year date season"},
    {"young", age},
    {"younger", age},
    {"youngest", age},
});

static_assert(std::is_sorted(entries.begin(), entries.end(),
                             [](const ImpliedName& a, const ImpliedName& b) {
                               return a.trigger < b.trigger;
                             }));

constexpr auto time_words = std::to_array<std::string_view>({
    "after", "before", "date",  "day",    "days",   "earlier", "earliest",
    "later", "latest", "month", "months", "newest", "recent",  "recently",
    "since", "time",   "until", "when",   "year",   "years",
});

}  // namespace

std::span<const ImpliedName> implied_names() { return entries; }

std::string_view names_implied_by(std::string_view trigger) {
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), trigger,
      [](const ImpliedName& entry, std::string_view word) { return entry.trigger < word; });
  return found != entries.end() && found->trigger == trigger ? found->names : std::string_view{};
}

bool implies_time(std::string_view lower_word) {
  return std::find(time_words.begin(), time_words.end(), lower_word) != time_words.end();
}

}  // namespace idi::link
