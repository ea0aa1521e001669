// What a column must be to stand in a scene: by type, key role, name and sample values.
#pragma once

#include <algorithm>
#include <functional>

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
  [[nodiscard]] ColumnTest time() const {
    return [this](const Column& column, ColumnRef ref) {
      return is_plain(ref) &&
             std::any_of(column.sample_values.begin(), column.sample_values.end(), looks_like_date);
    };
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
