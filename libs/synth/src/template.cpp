#include "template.hpp"

namespace idi::synth {

int slot_of_column(const Template& form, ColumnRef column) {
  for (std::size_t i = 0; i < form.columns.size(); ++i) {
    if (form.columns[i].source == column) return static_cast<int>(i);
  }
  return -1;
}

int slot_of_table(const Template& form, int table) {
  for (std::size_t i = 0; i < form.tables.size(); ++i) {
    if (form.tables[i].source == table) return static_cast<int>(i);
  }
  return -1;
}

int slot_of_literal(const Template& form, const ir::Literal& literal, ColumnRef compared) {
  const int column_slot = compared.table < 0 ? -1 : slot_of_column(form, compared);
  for (std::size_t i = 0; i < form.literals.size(); ++i) {
    const LiteralSlot& slot = form.literals[i];
    if (slot.source.text == literal.text && slot.column_slot == column_slot) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

Role role_of(const Schema& schema, ColumnRef column) {
  for (const ForeignKey& key : schema.foreign_keys) {
    if (key.from == column) return Role::foreign_key;
  }
  const Column& found = schema.column(column);
  if (found.primary_key) return Role::primary_key;
  const bool is_name = found.natural_name == "name" || found.natural_name == "title" ||
                       found.natural_name.ends_with(" name") ||
                       found.natural_name.ends_with(" title");
  return is_name ? Role::name : Role::plain;
}

}  // namespace idi::synth
