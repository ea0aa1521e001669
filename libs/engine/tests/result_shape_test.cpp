#include "result_shape.hpp"

#include <gtest/gtest.h>

#include <string>

namespace idi::engine {
namespace {

using namespace std::string_literals;

ColumnType type_of_column(std::vector<Value> values) {
  ResultTable table;
  table.columns = {"c"};
  for (auto& value : values) table.rows.push_back({std::move(value)});
  return shape_of(table).at(0);
}

TEST(ShapeOf, ReadsTheValues) {
  EXPECT_EQ(type_of_column({std::int64_t{1}, 2.5, Null{}}), ColumnType::number);
  EXPECT_EQ(type_of_column({"a"s, Null{}}), ColumnType::text);
  EXPECT_EQ(type_of_column({"2023-05-17"s, "2023-05-17 10:00:00"s}), ColumnType::time);
  EXPECT_EQ(type_of_column({"2023-05"s}), ColumnType::time);
  EXPECT_EQ(type_of_column({"2023-05-17"s, "soon"s}), ColumnType::text);
  EXPECT_EQ(type_of_column({"2023-05-1"s}), ColumnType::text);
  EXPECT_EQ(type_of_column({std::int64_t{1}, "one"s}), ColumnType::other);
  EXPECT_EQ(type_of_column({Blob{"x"}}), ColumnType::other);
  EXPECT_EQ(type_of_column({Null{}}), ColumnType::other);
  EXPECT_EQ(type_of_column({}), ColumnType::other);
}

}  // namespace
}  // namespace idi::engine
