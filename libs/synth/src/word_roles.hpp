// What columns and tables are for, told from their names: money, quantities, dates and the verbs
// that people use for them. Word lists alone; general business English.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace idi::synth {

[[nodiscard]] bool is_quantity(std::string_view natural_name);
[[nodiscard]] bool is_price(std::string_view natural_name);
/// What a purchase, a fine or a donation came to; never tax, shipping, discounts and the like.
[[nodiscard]] bool is_amount(std::string_view natural_name);
/// What something costs its seller: "cost", "purchase price".
[[nodiscard]] bool is_own_cost(std::string_view natural_name);
/// When somebody was born or died.
[[nodiscard]] bool is_life_date(std::string_view natural_name);
/// A date that is not the one that people mean when they say when a row of the table was.
[[nodiscard]] bool is_side_date(std::string_view natural_name, std::string_view table);

/// How people speak of a date column without its name.
struct DateVerb {
  std::string_view stems;       ///< Of the column's words, blank-separated.
  std::string_view participle;  ///< After a noun: "orders [shipped]". A wording with alternatives.
  std::string_view past;        ///< After a plural noun: "[were shipped]", "[joined]".
};
[[nodiscard]] const DateVerb* date_verb_of(std::string_view natural_name);

/// How people speak of a table's rows as something done: returns → "returned".
[[nodiscard]] std::optional<std::string_view> deed_of(std::string_view natural_table);
/// What a row of the table does with those that refer to it: a customer "placed" orders.
[[nodiscard]] std::optional<std::string_view> doing_of(std::string_view natural_table,
                                                       std::string_view natural_child);

[[nodiscard]] bool is_person(std::string_view natural_table);
/// Those who pay, not those who are paid.
[[nodiscard]] bool is_customer(std::string_view natural_table);
[[nodiscard]] bool is_staff(std::string_view natural_table);
[[nodiscard]] bool is_workplace(std::string_view natural_table);
/// "city", "country": where something is.
[[nodiscard]] bool is_place_column(std::string_view natural_name);
/// "status", "state", "condition": its values are said as adjectives.
[[nodiscard]] bool is_status(std::string_view natural_name);

/// A flag's name as an adjective, "is active" → active; empty where it can be none.
[[nodiscard]] std::string_view adjective_of(std::string_view natural_name);

/// Superlatives and comparatives that imply a column.
struct Adjectives {
  std::string_view words;  ///< Column words that they belong to, blank-separated.
  std::string_view most, least, over, under;
};
[[nodiscard]] std::span<const Adjectives> adjectives();

/// The last word is one of those.
[[nodiscard]] bool ends_with_word(std::string_view phrase, std::string_view words);

}  // namespace idi::synth
