// What kind of values each column of a result holds, read from the values themselves: declared
// types say little about computed columns.
#pragma once

#include <vector>

#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"

namespace idi::engine {

/// number: all known values are numbers; time: all are texts like 2023-05-17 or 2023-05-17 10:00;
/// text: all are texts; other: mixed, blobs, or nothing known.
[[nodiscard]] std::vector<ColumnType> shape_of(const ResultTable& table);

}  // namespace idi::engine
