// A pair whose schema words and values became slots.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "idi/synth/synth.hpp"

namespace idi::synth {

/// How a column that the question does not name is known: people leave out names and keys.
enum class Role : std::uint8_t { plain, primary_key, foreign_key, name };

struct ColumnSlot {
  ColumnRef source;
  int table_slot = 0;
  ColumnType type = ColumnType::other;
  Role role = Role::plain;
  bool named = false;  ///< The question names it.
};

struct TableSlot {
  int source = 0;
  bool named = false;
};

struct LiteralSlot {
  ir::Literal source;
  int column_slot = -1;  ///< Compared column; -1: none (a limit, a count).
};

/// A piece of the question: fixed text, or a slot in singular or plural.
struct Piece {
  enum class Kind : std::uint8_t { text, column, table, literal };
  Kind kind = Kind::text;
  std::string text;
  int slot = 0;
  bool plural = false;
};

struct Template {
  std::vector<Piece> pieces;
  std::vector<TableSlot> tables;
  std::vector<ColumnSlot> columns;
  std::vector<LiteralSlot> literals;
  /// Foreign keys among the table slots: child slot, parent slot.
  std::vector<std::pair<int, int>> references;
  ir::Query query;       ///< In terms of the source schema.
  std::string database;  ///< Source.
};

/// Number of the slot of this column or table; -1 if there is none.
[[nodiscard]] int slot_of_column(const Template& form, ColumnRef column);
[[nodiscard]] int slot_of_table(const Template& form, int table);
/// Number of the slot of a literal as it stands in the query; -1 if there is none.
[[nodiscard]] int slot_of_literal(const Template& form, const ir::Literal& literal,
                                  ColumnRef compared);

[[nodiscard]] Role role_of(const Schema& schema, ColumnRef column);

}  // namespace idi::synth
