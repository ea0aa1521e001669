// A table written to bytes, for the tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "idi/core/value.hpp"
#include "idi/table_file/table_writer.hpp"

namespace idi::table_file {

inline std::string written(Format format, const std::vector<std::string>& columns,
                           const std::vector<Row>& rows) {
  std::string bytes;
  const auto writer = make_table_writer(format, [&](std::string piece) {
    bytes += piece;
    return true;
  });
  EXPECT_TRUE(writer->begin(columns));
  for (const Row& row : rows) EXPECT_TRUE(writer->add(row));
  EXPECT_TRUE(writer->finish());
  return bytes;
}

}  // namespace idi::table_file
