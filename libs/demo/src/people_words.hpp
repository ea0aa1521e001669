// Names and places by country, and lists for employees.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace idi::demo {

struct City {
  std::string_view name;
  std::string_view area_code;
};

struct Country {
  std::string_view name;
  std::string_view dialling_code;
  std::string_view mail_domain;
  std::uint32_t customers;  ///< Share, relative.
  std::span<const std::string_view> women;
  std::span<const std::string_view> men;
  std::span<const std::string_view> families;
  std::span<const City> cities;
};

[[nodiscard]] std::span<const Country> countries();

}  // namespace idi::demo
