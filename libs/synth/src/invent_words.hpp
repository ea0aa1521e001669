// What invented businesses are made of. Wordings with alternatives: "{a|b}".
#pragma once

#include <span>
#include <string_view>

namespace idi::synth {

/// The nouns of a line of business. Empty: it has no such table.
struct Business {
  std::string_view payer;  ///< Who pays.
  std::string_view staff;  ///< Who works.
  std::string_view place;  ///< Where.
  std::string_view item;   ///< What it is about.
  std::string_view group;  ///< Kinds of it.
  std::string_view maker;  ///< Where it comes from.
  std::string_view event;  ///< What happens: an order.
  std::string_view event_date;
  std::string_view line;   ///< Its parts, each about an item. Empty: the event is about one item.
  std::string_view after;  ///< What follows: a return.
  std::string_view after_date;
  std::string_view items;  ///< What items are called, comma-separated, to be combined.
  std::string_view groups;
};
[[nodiscard]] std::span<const Business> businesses();

[[nodiscard]] std::span<const std::string_view> first_names();
[[nodiscard]] std::span<const std::string_view> last_names();
struct City {
  std::string_view name, country;
};
[[nodiscard]] std::span<const City> cities();
[[nodiscard]] std::span<const std::string_view> epithets();

}  // namespace idi::synth
