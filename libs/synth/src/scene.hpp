// A scene is what a pattern speaks of: a table, some of its columns, a related table, values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "phrasing.hpp"

namespace idi::synth {

/// Parts that a pattern needs; a scene is drawn until it has them all.
enum Need : std::uint64_t {
  needs_name = 1u << 0,    ///< [name]: what a row is called by
  needs_text = 1u << 1,    ///< [X], [v], [v2]
  needs_number = 1u << 2,  ///< [N], [n], [n2]
  needs_time = 1u << 3,    ///< [D], [year]
  needs_child = 1u << 4,   ///< [C], [c]: a table that refers to [T]
  needs_child_text = 1u << 5,
  needs_child_number = 1u << 6,
  needs_child_time = 1u << 7,
  needs_adjective = 1u << 8,        ///< [most], [least]: superlatives for [N]
  needs_product = 1u << 9,          ///< [N] is a quantity, N2 a price
  needs_key = 1u << 10,             ///< the table has a one-column primary key
  needs_child_quantity = 1u << 11,  ///< [CN] counts units
  needs_child_product = 1u << 12,   ///< [CN] is a quantity, beside it a price
  needs_side_time = 1u << 13,       ///< [SD]: when, in another table that the child refers to
  needs_amount = 1u << 14,          ///< [N] is an amount of money
  needs_child_amount = 1u << 15,    ///< [CN] is one
  needs_name_value = 1u << 16,      ///< [nv]: what a row of [T] is called
  needs_many_times = 1u << 17,      ///< [D] must be named: there are several
  needs_verb_time = 1u << 18,       ///< [D] has a verb: [DP] participle, [DC], [DS] clauses
  needs_child_money = 1u << 19,     ///< what the children came to: an amount, or quantity × price
  needs_child_deed = 1u << 20,      ///< [deed]: the child is something done, "ordered"
  needs_doing = 1u << 21,           ///< [doing]: what a row does with its children, "placed"
  needs_status = 1u << 22,          ///< [X] is a status, [v] an adjective
  needs_flag = 1u << 23,            ///< [flag]: an adjective, 0 or 1 in its column
  needs_parent = 1u << 24,          ///< [P]/[p]: a table that [T] may refer to
  needs_grand = 1u << 25,           ///< [G]/[g]: a table that refers to the child
  needs_grand_quantity = 1u << 26,  ///< units of [G]
  needs_grand_money = 1u << 27,     ///< what the rows of [G] came to
  needs_grand_time = 1u << 28,      ///< when: a date of [G], or of another table that it refers to
  needs_place = 1u << 29,           ///< [X] is a city, country …
  needs_person = 1u << 30,          ///< [T] are people
  needs_margin = 1ull << 31,        ///< [N] is a price, beside it what the seller pays
  needs_workplace = 1ull << 32,     ///< the children work at [T]
  needs_payer = 1ull << 33,         ///< [T] are people who pay
  needs_grand_deed = 1ull << 34,    ///< [gdeed]: [G] is something done, "returned"
};

struct Scene {
  const Schema* schema = nullptr;
  int table = -1;
  ColumnRef key, name, text, number, price, time;
  std::vector<ColumnRef> names;  ///< What people expect of a row: its name, or first and last name.
  int child = -1;
  ColumnRef child_key;  ///< The foreign key column in the child.
  ColumnRef child_text, child_number, child_price, child_time, side_time;
  int grand = -1;
  ColumnRef grand_number, grand_price, grand_time;
  int parent = -1;
  ColumnRef parent_key;  ///< The foreign key column in the table.
  ColumnRef flag;
  std::string text_value, text_value2, child_text_value;
  std::vector<std::string> name_values;  ///< One for each of names.
  std::string number_value, number_value2;
  std::string year, next_year;
  std::string month_name, month;  ///< "March 2023", "2023-03"
  int count = 2;
  std::string most, least, over, under;
  std::string date_participle, date_past;  ///< Wordings with alternatives.
  std::string deed, grand_deed, doing, flag_word;

  [[nodiscard]] const std::string& natural(ColumnRef column) const {
    return schema->column(column).natural_name;
  }
};

/// Draws a scene that has what is needed, or nullopt if this schema (this time) has none.
[[nodiscard]] std::optional<Scene> draw_scene(const Schema& schema, std::uint64_t needs,
                                              Random& random);

}  // namespace idi::synth
