// Answers to questions about the schema itself: tables of results, and what they say in a sentence.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"

namespace idi::engine {

struct SchemaAnswer {
  ResultTable table;
  std::string summary;
};

/// Every table with its rows and columns.
[[nodiscard]] ResultTable schema_overview(const Schema& schema);
/// Every column of a table with its type, keys and some values.
[[nodiscard]] ResultTable table_overview(const Schema& schema, int table);

[[nodiscard]] SchemaAnswer answer_tables(const Schema& schema);
[[nodiscard]] SchemaAnswer answer_columns(const Schema& schema, int table);
/// Which tables have a column of this natural name.
[[nodiscard]] SchemaAnswer answer_column_places(const Schema& schema, std::string_view column);
/// The keys of all tables (both -1), of one, or those on the shortest way from one to the other.
[[nodiscard]] SchemaAnswer answer_connections(const Schema& schema, int table, int other_table);

}  // namespace idi::engine
