// What sample values look like.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace idi::synth {

inline bool looks_like_number(const std::string& sample) {
  return !sample.empty() && sample.size() < 12 &&
         std::all_of(sample.begin(), sample.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

inline bool is_yes_or_no(const std::string& sample) { return sample == "0" || sample == "1"; }

inline bool is_one_word(const std::string& sample) {
  return !sample.empty() && std::all_of(sample.begin(), sample.end(),
                                        [](unsigned char c) { return std::isalpha(c) != 0; });
}

inline bool looks_like_date(const std::string& sample) {
  return sample.size() >= 10 && sample[4] == '-' && sample[7] == '-';
}

/// REQUIRES: month in 1–12.
inline std::string_view month_name(int month) {
  constexpr std::array names{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
  return names[static_cast<std::size_t>(month - 1)];
}

}  // namespace idi::synth
