// Questions to begin with, made from a schema: a user who sees a database for the first time gets
// something to ask that is answered well. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::engine {

/// At most `most`, the simplest first, of different kinds (counts, leaders, averages, by group,
/// over time), about the largest and most connected tables. Fewer where the schema gives no more.
[[nodiscard]] std::vector<std::string> starter_questions(const Schema& schema, std::size_t most);

}  // namespace idi::engine
