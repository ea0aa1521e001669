// Words for days of the week: "Mondays", "Tue", "weekend".
#pragma once

#include <string_view>
#include <vector>

namespace idi::link {

/// The days that a word means, spelled as SQL's weekday(time) spells them ("Monday"): one for
/// "mondays" or "Mon.", two for "weekends", five for "weekdays"; none for any other word.
[[nodiscard]] std::vector<std::string_view> days_of_week(std::string_view word);

}  // namespace idi::link
