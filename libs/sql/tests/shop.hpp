// The schema that the tests of this room are written against: a small shop with the shapes that
// matter (a junction table, two keys to one table, a table that nothing links, awkward names).
#pragma once

#include "idi/core/schema.hpp"

namespace idi::sql::testing {

[[nodiscard]] Schema shop_schema();

/// With a table payment whose columns store their times in every way that there is.
[[nodiscard]] Schema shop_schema_with_encoded_times();

}  // namespace idi::sql::testing
