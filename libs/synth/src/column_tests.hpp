// What a column must be to stand in a scene: by type, key role, name and sample values.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "idi/core/schema.hpp"
#include "samples.hpp"
#include "template.hpp"
#include "word_roles.hpp"

namespace idi::synth {

using ColumnTest = std::function<bool(const Column&, ColumnRef)>;

/// The schema must outlive the tests.
class ColumnTests {
 public:
  explicit ColumnTests(const Schema& schema) : schema_(schema) {}

  [[nodiscard]] ColumnTest text() const {
    return [this](const Column& column, ColumnRef ref) {
      return column.type == ColumnType::text && is_plain(ref) && !column.sample_values.empty();
    };
  }
  [[nodiscard]] ColumnTest number() const {
    return [this](const Column& column, ColumnRef ref) {
      return column.type == ColumnType::number && is_plain(ref) &&
             std::any_of(column.sample_values.begin(), column.sample_values.end(),
                         looks_like_number);
    };
  }
  /// A text that rows share: what people split by and filter on, not what a row is called by.
  [[nodiscard]] ColumnTest category() const {
    return [this, text = text()](const Column& column, ColumnRef ref) {
      constexpr std::string_view own =
          "name title email mail address phone telephone description url website link login "
          "password comment comments note notes code number details photo image";
      return text(column, ref) && role_of(schema_, ref) == Role::plain &&
             column.sample_values.size() <= 24 && !ends_with_word(column.natural_name, own);
    };
  }
  /// A number that is more than yes or no.
  [[nodiscard]] ColumnTest measure() const {
    return [number = number()](const Column& column, ColumnRef ref) {
      return number(column, ref) &&
             !std::all_of(column.sample_values.begin(), column.sample_values.end(), is_yes_or_no);
    };
  }
  [[nodiscard]] ColumnTest time() const {
    return [this](const Column& column, ColumnRef ref) {
      return is_plain(ref) &&
             std::any_of(column.sample_values.begin(), column.sample_values.end(), looks_like_date);
    };
  }
  /// The date that a question means when it names none: the only one, or the first that is not
  /// about what came later.
  [[nodiscard]] std::optional<ColumnRef> main_time(int table) const {
    const ColumnTest is_time = time();
    const Table& held = schema_.tables[static_cast<std::size_t>(table)];
    std::vector<ColumnRef> dates;
    std::vector<ColumnRef> main;
    for (std::size_t c = 0; c < held.columns.size(); ++c) {
      const ColumnRef ref{table, static_cast<int>(c)};
      const std::string& name = held.columns[c].natural_name;
      if (!is_time(held.columns[c], ref) || is_life_date(name)) continue;
      dates.push_back(ref);
      if (!is_side_date(name, held.natural_name)) main.push_back(ref);
    }
    if (!main.empty()) return main.front();
    if (dates.size() == 1) return dates.front();
    return std::nullopt;
  }
  [[nodiscard]] ColumnTest amount() const {
    return [number = number()](const Column& column, ColumnRef ref) {
      return number(column, ref) && is_amount(column.natural_name);
    };
  }
  [[nodiscard]] ColumnTest quantity() const {
    return [number = number()](const Column& column, ColumnRef ref) {
      return number(column, ref) && is_quantity(column.natural_name);
    };
  }

 private:
  [[nodiscard]] bool is_plain(ColumnRef ref) const {
    const Role role = role_of(schema_, ref);
    return role == Role::plain || role == Role::name;
  }

  const Schema& schema_;
};

}  // namespace idi::synth
